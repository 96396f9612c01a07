/**
 * Characters that are common in Chinese texts, and in tables of provinces and their cities: some 800 of the 20,000 that GBK has. In a text that is Chinese most characters are
 * among these; in one that only looks so, since it is Korean, Russian or French in another encoding, about every tenth.
 */
const COMMON = new Set(
  "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样" +
    "理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给" +
    "世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空" +
    "决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运" +
    "省县州镇乡村京津冀晋蒙辽宁吉林黑龙江沪苏浙皖徽闽福赣鲁豫河湖鄂湘粤广桂琼渝重庆川贵云藏陕甘肃青夏疆港澳台湾岛城郑武汉沙圳厦杭济沈阳春哈尔滨石庄太原呼和浩银兰乌齐昆拉萨昌柳桃温汕珠佛莞" +
    "值亿元吨率额均收支财税费育医疗卫农渔牧商服贸易增速人户籍居就从事职劳失消零售投固筑房屋商住宅邮铁公货客旅游能源煤油耗电排污染废碳绿环境保险融款贷存股券价格指数专利技研究创高中小学毕校" +
    "招教床医师病死亡率性男女老龄岁儿童婚家庭贫困低社救助养养粮食谷麦豆棉糖茶果蔬菜肉猪牛羊禽蛋奶产积亩顷千百单位注来源资料表续合计其他备项目标编号码序份季度末初始截止约含包括除未按调整口径" +
    "制造采矿信息软件批发住宿餐饮租赁科教文体乐仓储通讯网络互联数字企业集团限责任规模以上营净润负债产权主要品种材钢铁水泥玻璃化肥药纤维布纸汽车辆船机械设备工程线里程公路民航吞吐量密缺失统编" +
    "唐秦皇邯郸邢保承沧廊坊衡同泉治朔运忻临汾吕梁包赤峰鄂多斯伦贝巴彦淖察兴锡郭勒善鞍抚顺丹锦营盘岭葫芦通松延边鹤岗双佳木绥徐常淮盐扬泰宿嘉绍衢舟丽芜蚌埠滁池宣莆漳岩景萍九鹰潭宜饶淄枣烟潍" +
    "威聊滨菏泽洛焦濮许漯信周驻店黄十堰襄荆孝咸随恩施株邵岳益郴永怀娄韶茂惠梅尾潮揭梧防钦玉百贺崇攀枝泸绵遂眉雅凉遵铜毕曲昭普楚红版迪宝渭榆峪白张掖酒陇固吴忠克吐田喀什伊犁"
)

const isHanzi = (code: number): boolean => (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0xf900 && code <= 0xfaff)
/** Punctuation, symbols and full-width forms, which say nothing. */
const isSymbol = (code: number): boolean =>
  code < 0xc0 || code === 0xd7 || code === 0xf7 || (code >= 0x2000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef)

/** So many characters are counted: more do not tell more. */
const ENOUGH = 20_000

/** Counts what a text's letters beyond ASCII are. */
export class ChineseCount {
  letters = 0
  hanzi = 0
  common = 0

  add(text: string): void {
    for (let i = 0; i < text.length && this.letters < ENOUGH; i++) {
      const code = text.charCodeAt(i)
      if (isSymbol(code)) continue
      this.letters++
      if (!isHanzi(code)) continue
      this.hanzi++
      if (COMMON.has(text[i]!)) this.common++
    }
  }

  /** Four of five letters are Chinese characters; and of these nearly half, or of a few half, are common ones. */
  get isPlausible(): boolean {
    return this.hanzi > 0 && this.hanzi >= 0.8 * this.letters && this.common >= (this.hanzi < 10 ? 0.5 : 0.4) * this.hanzi
  }
}
