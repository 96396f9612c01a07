import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { auditOfFile } from "./published-paper.ts"

const finds = auditOfFile("data/audit/yin-su-2024.yaml")
const find = (check: string, where: string) => {
  const found = finds.filter((one) => one.check === check && one.where.includes(where))
  expect(found, `${check} at ${where}`).toHaveLength(1)
  return found[0]!
}

describe("the audit of Yin and Su (2024)", () => {
  it("finds the Anderson-Rubin p that its statistic does not give", () => {
    const { arithmetic, verdict } = find("p-value", "4.3 anderson_rubin_wald")
    expect(verdict).toBe("contradiction")
    expect(arithmetic.join("\n")).toContain("chi2(1) gives p in [0.052697, 0.052729]")
  })

  it("finds the first-stage F that text and table print differently, and that the table's is the one that t² allows", () => {
    expect(find("relation", "text.5.2.1 first_stage_f").verdict).toBe("contradiction")
    expect(finds.filter(({ says, verdict }) => verdict === "holds" && says.includes("squared t"))).toHaveLength(1)
  })

  it("finds column 6.1 without, and column 6.4 with two, degrees of freedom", () => {
    expect(find("degrees of freedom", "6.1")).toMatchObject({ verdict: "contradiction", where: ["6.1"] })
    expect(find("degrees of freedom", "6.1").arithmetic.slice(-2)).toEqual([
      "the normal distribution gives other stars to pdgp, inv",
      "t(9), of 10 clusters, gives other stars to coagglo"
    ])
    expect(find("stars", "6.4").says).toMatch(/df in \[1\.9\d+, 2\.3\d+\]: t\(2\) of 3 clusters/)
    expect(find("degrees of freedom", "6.4")).toMatchObject({ verdict: "doubt", where: ["6.4", "6.2", "6.3", "6.5", "6.6"] })
    expect(find("degrees of freedom", "6.4").arithmetic).toContain("6.4: the normal distribution gives other stars to coagglo, pdgp, gov, str, inf, (constant)")
  })

  it("finds clustered standard errors that are proportional, a z of sigma2 that is iid's, and R² that moves with t²", () => {
    expect(find("proportional standard errors", "4.1").where).toEqual(["4.1", "5.1", "5.2", "5.3", "5.4", "7.3", "9.1", "9.3", "10.1", "10.3"])
    expect(find("proportional standard errors", "5.5").where).toEqual(["5.5"])
    expect(find("sigma2", "11.1 sigma2").verdict).toBe("doubt")
    expect(finds.find(({ check }) => check === "R² and t")!.says).toContain("all 7 pairs")
  })

  it("finds brackets of Table 11 that are no standard errors, and effects that no rho gives", () => {
    expect(find("brackets", "Table 11").says).toContain("21 of 42 are negative")
    expect(find("(beta + theta)/(1 - rho)", "11.5 coagglo").says).toContain("6 of 8")
    expect(finds.filter(({ check }) => check === "total effects").map(({ verdict }) => verdict)).toEqual(["holds", "holds"])
  })

  it("finds weights within groups that are not the overall ones, in all five groups, while the sums are in order", () => {
    const weights = finds.filter(({ check }) => check === "weights")
    const [within, ...others] = weights.filter(({ verdict }) => verdict === "contradiction")
    expect(others).toEqual([])
    expect(within!.says).toContain("16 of 21")
    for (const group of ["Technology", "Management", "Workforce", "Green", "Efficiency"]) expect(within!.arithmetic.join()).toContain(group)
    expect(weights.filter(({ verdict }) => verdict === "holds")).toHaveLength(6)
  })

  it("finds minima of zero, and variables in another unit than described", () => {
    expect(finds.filter(({ check, verdict }) => check === "minima" && verdict === "contradiction").map(({ where }) => where[0])).toEqual([
      "3.4 hcl",
      "3.4 inv",
      "3.4 gov"
    ])
    expect(find("minima", "3.4 fdi").verdict).toBe("doubt")
    expect(find("summary statistics", "3 ame").says).toContain("12.7")
    expect(find("summary statistics", "3 icc").says).toContain("13.7")
    expect(find("coefficient, SD and R²", "9.1 mi").verdict).toBe("doubt")
    expect(find("coefficient, SD and R²", "10.2 icc").verdict).toBe("doubt")
  })

  it("finds claims that fail: the east, columns of Table 6; and as doubts rho, instruments that nothing can test, the provinces with clusters", () => {
    const of = (which: string) => finds.filter(({ check, verdict }) => check === "claim" && verdict === which).map(({ where }) => where[0])
    expect(of("contradiction")).toEqual(["6.1 coagglo, 4.1 coagglo", "6.4"])
    expect(of("doubt").slice(0, 3)).toEqual(["6.5 coagglo, 6.6 coagglo", "11.1 rho", "4.3"])
  })

  it("finds an index whose mean and coefficient are not those of its parts, nor those of its equations", () => {
    const relations = finds.filter(({ check, verdict }) => check === "relation" && verdict !== "holds")
    const apart = (says: string) => relations.find((one) => one.says.includes(says))!.arithmetic.join("\n")
    expect(apart("same mean")).toContain("apart by 13.25")
    expect(apart("mean of the index is that of its five parts")).toContain("in [35.513, 36.351]")
    expect(apart("coefficient of agglomeration on the index")).toContain("in [1.2314, 1.255]")
  })

  it("finds informatization with both signs, two sub-samples of fewer clusters than slopes, and a star at the edge of its rounding", () => {
    expect(find("signs", "4.4 inf").where).toEqual(["4.1 inf", "4.4 inf"])
    expect(find("few clusters", "6.4").where).toEqual(["6.2", "6.4"])
    expect(find("stars", "11.3 pdgp").verdict).toBe("doubt")
    expect(find("t(G-1)", "7.3").where).toEqual(["4.1", "4.4", "5.3", "6.2", "6.3", "6.6", "7.1", "7.3", "9.2"])
  })

  it("finds all nine coefficients of Table 7, column 1, to be the direct ones plus those by way of innovation", () => {
    expect(find("omitted variable", "7.3")).toMatchObject({ verdict: "holds", where: ["7.1", "7.3", "7.4"] })
    expect(find("omitted variable", "7.3").arithmetic).toHaveLength(9)
  })

  it("comes to as many finds as docs/audit.md and data/audit/README.md say", () => {
    const [contradictions, doubts, notes, holds] = ["contradiction", "doubt", "note", "holds"].map(
      (which) => finds.filter(({ verdict }) => verdict === which).length
    )
    const counts = `${contradictions} contradictions, ${doubts} doubts, ${notes} notes`
    expect(readFileSync("docs/audit.md", "utf8")).toContain(`${counts}, ${holds} checks that hold`)
    expect(readFileSync("data/audit/README.md", "utf8")).toContain(counts)
  })

  it("finds in order: mediation, the LM identity, sub-samples, panels", () => {
    const held = finds.filter(({ verdict }) => verdict === "holds")
    expect(held.filter(({ check }) => check === "observations")).toHaveLength(35)
    for (const part of ["product of its two paths", "direct plus the indirect one", "LM(lag) + robust LM(error)", "four regions"])
      expect(
        held.some(({ says }) => says.includes(part)),
        part
      ).toBe(true)
    expect(finds.filter(({ check, verdict }) => check === "observations" && verdict !== "holds")).toEqual([])
  })
})
