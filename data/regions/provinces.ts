/**
 * Names of the 31 provinces beside those of provinces.csv, as facts. Codes of letters: GB/T 2260, which ISO 3166-2:CN has taken over (CN- before them), as before 2017
 * it had the first two digits. One-character names and traditional characters: Xiandai Hanyu Cidian and Unihan (kTraditionalVariant). Tones: Hanyu Pinyin. Older
 * spellings in Latin letters: the postal romanisation, and Wade-Giles where yearbooks and journals in English had it.
 */
export interface ProvinceNames {
  /** The two letters of GB/T 2260. */
  readonly letters: string
  /** A municipality, a province, or an autonomous region with what stands between its name and the words that say so. */
  readonly kind: "municipality" | "province" | { readonly zh: string; readonly en: ReadonlyArray<string> }
  /** One-character names. */
  readonly characters: string
  /** The short name in traditional characters, where they differ. */
  readonly traditional?: string
  readonly tones: string
  /** Further names in Latin letters, as stems to which the words for its kind are added. */
  readonly latin?: ReadonlyArray<string>
  /** Further names as they are. */
  readonly also?: ReadonlyArray<string>
  /** The first year of which it has data of its own. */
  readonly from?: number
}

export const PROVINCE_NAMES: Readonly<Record<string, ProvinceNames>> = {
  Beijing: { letters: "BJ", kind: "municipality", characters: "京", tones: "Běijīng", latin: ["Peking", "Peiping"] },
  Tianjin: { letters: "TJ", kind: "municipality", characters: "津", tones: "Tiānjīn", latin: ["Tientsin"] },
  Hebei: { letters: "HE", kind: "province", characters: "冀", tones: "Héběi", latin: ["Hopeh", "Hopei"] },
  Shanxi: { letters: "SX", kind: "province", characters: "晋晉", tones: "Shānxī", latin: ["Shansi"] },
  "Inner Mongolia": {
    letters: "NM",
    kind: { zh: "", en: [""] },
    characters: "蒙",
    traditional: "內蒙古",
    tones: "Nèi Měnggǔ",
    latin: ["Nei Mongol", "Nei Monggol", "Nei Menggu", "Inner Mongol"],
    also: ["内蒙", "內蒙", "Inner Mongolia (Nei Mongol)", "Nei Mongol (Inner Mongolia)"]
  },
  Liaoning: { letters: "LN", kind: "province", characters: "辽遼", traditional: "遼寧", tones: "Liáoníng" },
  Jilin: { letters: "JL", kind: "province", characters: "吉", tones: "Jílín", latin: ["Kirin"] },
  Heilongjiang: { letters: "HL", kind: "province", characters: "黑", traditional: "黑龍江", tones: "Hēilóngjiāng", latin: ["Heilungkiang"] },
  Shanghai: { letters: "SH", kind: "municipality", characters: "沪滬申", tones: "Shànghǎi" },
  Jiangsu: { letters: "JS", kind: "province", characters: "苏蘇", traditional: "江蘇", tones: "Jiāngsū", latin: ["Kiangsu"] },
  Zhejiang: { letters: "ZJ", kind: "province", characters: "浙", tones: "Zhèjiāng", latin: ["Chekiang"] },
  Anhui: { letters: "AH", kind: "province", characters: "皖", tones: "Ānhuī", latin: ["Anhwei"] },
  Fujian: { letters: "FJ", kind: "province", characters: "闽閩", tones: "Fújiàn", latin: ["Fukien"] },
  Jiangxi: { letters: "JX", kind: "province", characters: "赣贛", tones: "Jiāngxī", latin: ["Kiangsi"] },
  Shandong: { letters: "SD", kind: "province", characters: "鲁魯", traditional: "山東", tones: "Shāndōng", latin: ["Shantung"] },
  Henan: { letters: "HA", kind: "province", characters: "豫", tones: "Hénán", latin: ["Honan"] },
  Hubei: { letters: "HB", kind: "province", characters: "鄂", tones: "Húběi", latin: ["Hupeh", "Hupei"] },
  Hunan: { letters: "HN", kind: "province", characters: "湘", tones: "Húnán" },
  Guangdong: { letters: "GD", kind: "province", characters: "粤粵", traditional: "廣東", tones: "Guǎngdōng", latin: ["Kwangtung"] },
  Guangxi: {
    letters: "GX",
    kind: { zh: "壮族", en: ["Zhuang", "Zhuangzu"] },
    characters: "桂",
    traditional: "廣西",
    tones: "Guǎngxī",
    latin: ["Kwangsi"],
    also: ["廣西壯族自治區", "广西僮族自治区"]
  },
  Hainan: { letters: "HI", kind: "province", characters: "琼瓊", tones: "Hǎinán", from: 1988 },
  Chongqing: { letters: "CQ", kind: "municipality", characters: "渝", traditional: "重慶", tones: "Chóngqìng", latin: ["Chungking"], from: 1997 },
  Sichuan: { letters: "SC", kind: "province", characters: "川蜀", tones: "Sìchuān", latin: ["Szechwan", "Szechuan"] },
  Guizhou: { letters: "GZ", kind: "province", characters: "贵黔貴", traditional: "貴州", tones: "Guìzhōu", latin: ["Kweichow"] },
  Yunnan: { letters: "YN", kind: "province", characters: "云滇雲", traditional: "雲南", tones: "Yúnnán", latin: ["Yünnan"] },
  Tibet: { letters: "XZ", kind: { zh: "", en: [""] }, characters: "藏", tones: "Xīzàng", latin: ["Xizang"], also: ["Tibet (Xizang)", "Xizang (Tibet)"] },
  Shaanxi: { letters: "SN", kind: "province", characters: "陕陝陜秦", traditional: "陝西", tones: "Shǎnxī", latin: ["Shensi"], also: ["陜西", "陜西省"] },
  Gansu: { letters: "GS", kind: "province", characters: "甘陇隴", traditional: "甘肅", tones: "Gānsù", latin: ["Kansu"] },
  Qinghai: { letters: "QH", kind: "province", characters: "青", tones: "Qīnghǎi", latin: ["Tsinghai", "Chinghai"] },
  Ningxia: {
    letters: "NX",
    kind: { zh: "回族", en: ["Hui", "Huizu"] },
    characters: "宁寧",
    traditional: "寧夏",
    tones: "Níngxià",
    latin: ["Ningsia", "Ninghsia"]
  },
  Xinjiang: {
    letters: "XJ",
    kind: { zh: "维吾尔", en: ["Uygur", "Uyghur", "Uighur", "Uigur", "Weiwuer"] },
    characters: "新",
    tones: "Xīnjiāng",
    latin: ["Sinkiang"],
    also: ["新疆維吾爾自治區", "新疆维吾尔族自治区"]
  }
}
