/**
 * Rough sizes of the provinces, in the order of data/provinces.csv: where the synthetic series start from, so that the replica looks like the
 * country (big provinces are big, the coast is rich). They are orders of magnitude chosen by hand, not data.
 */
export interface Profile {
  /** ln of GDP per head in the middle of the period, CNY. */
  readonly lnGdpPerHead: number
  /** 10,000 persons. */
  readonly population: number
  /** 10,000 persons, all industries. */
  readonly employment: number
  /** Industrial synergy agglomeration. */
  readonly coagglo: number
  /** Patents for inventions in the last year, 10,000. */
  readonly patents: number
  /** Imports of robots in the last year, 100 million USD. */
  readonly robots: number
  /**
   * Advanced manufacturing, on the scale of Table 3, in the last year: the first ten stand in the paper's order (section 4.2.1). The others stand so that
   * levels rise with coagglo's (Figure 3) and still say something else than changes do (Hausman and Mundlak tests, section 5.1), not as in the country.
   */
  readonly advanced: number
  /** Cities or districts. */
  readonly units: number
}

const rows: ReadonlyArray<readonly [string, number, number, number, number, number, number, number, number]> = [
  ["Beijing", 11.38, 2069, 1100, 12.6, 6.3, 0.8, 40.3, 5],
  ["Tianjin", 11.44, 1413, 800, 7.0, 0.55, 1.0, 40.9, 5],
  ["Hebei", 10.5, 7288, 4100, 2.2, 0.6, 2.6, 34.7, 5],
  ["Shanxi", 10.42, 3611, 1800, 3.8, 0.3, 0.6, 35.1, 4],
  ["Inner Mongolia", 11.06, 2490, 1300, 4.6, 0.12, 0.3, 39.9, 5],
  ["Liaoning", 10.94, 4389, 2400, 4.3, 0.8, 2, 41.5, 5],
  ["Jilin", 10.68, 2750, 1350, 4.4, 0.4, 1.6, 39.9, 4],
  ["Heilongjiang", 10.48, 3834, 2000, 3.8, 0.5, 0.6, 39.9, 4],
  ["Shanghai", 11.35, 2380, 1100, 8.6, 2.6, 2.6, 44.2, 5],
  ["Jiangsu", 11.13, 7920, 4750, 2.4, 4.6, 10.9, 49.24, 6],
  ["Zhejiang", 11.06, 5477, 3700, 2.5, 5, 7, 44.5, 6],
  ["Anhui", 10.27, 5988, 4200, 1.75, 2.1, 7.5, 41.8, 5],
  ["Fujian", 10.88, 3748, 2600, 3.4, 1, 1.8, 36, 5],
  ["Jiangxi", 10.27, 4504, 2550, 2.1, 0.5, 1.5, 41.2, 4],
  ["Shandong", 10.86, 9685, 6550, 2.2, 2.7, 8, 32.9, 6],
  ["Henan", 10.36, 9406, 6300, 1.75, 0.95, 5, 32.8, 6],
  ["Hubei", 10.56, 5779, 3650, 2.8, 1.8, 2.8, 38.6, 5],
  ["Hunan", 10.42, 6639, 4000, 1.85, 1.2, 2, 40.6, 5],
  ["Guangdong", 10.9, 10594, 5900, 3.2, 7.07, 6.5, 42.1, 6],
  ["Guangxi", 10.24, 4682, 2750, 2.4, 0.4, 1.5, 31, 4],
  ["Hainan", 10.39, 887, 480, 5.4, 0.07, 0.1, 39.9, 3],
  ["Chongqing", 10.57, 2945, 1600, 4.2, 0.75, 2.2, 39.9, 5],
  ["Sichuan", 10.3, 8076, 4800, 1.75, 1.4, 2.6, 34.4, 6],
  ["Guizhou", 9.89, 3484, 1800, 2.4, 0.25, 0.4, 32.5, 4],
  ["Yunnan", 10.01, 4659, 2850, 1.6, 0.28, 0.4, 32, 4],
  ["Tibet", 10.04, 308, 190, 2.4, 0.01, 0.01, 25.4, 3],
  ["Shaanxi", 10.56, 3753, 2050, 3.9, 1.2, 1.1, 32.9, 4],
  ["Gansu", 9.98, 2578, 1480, 3.2, 0.17, 0.2, 30, 4],
  ["Qinghai", 10.41, 573, 310, 5.4, 0.03, 0.05, 32.8, 3],
  ["Ningxia", 10.5, 647, 340, 5.3, 0.07, 0.15, 39.9, 3],
  ["Xinjiang", 10.43, 2233, 1000, 4.5, 0.1, 0.2, 35.9, 4]
]

export const names: ReadonlyArray<string> = rows.map(([name]) => name)
export const profiles: ReadonlyArray<Profile> = rows.map(([, lnGdpPerHead, population, employment, coagglo, patents, robots, advanced, units]) => ({
  lnGdpPerHead,
  population,
  employment,
  coagglo,
  patents,
  robots,
  advanced,
  units
}))
