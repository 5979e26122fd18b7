import Foundation
import Scheme
import Score
import Testing
import Vocabulary

@Suite struct ConformanceTests {
    @Test("The HDI scheme gives the published three digits and ranks of every country")
    func humanDevelopmentIndex() throws {
        guard let bytes = SharedFiles.shared("conformance/hdi/hdi_2022_cross_section.csv") else { return }
        let scheme = try SharedFiles.scheme("Schemes/examples/hdi.yaml")
        let file = ValuesFile(reading: bytes, scheme: scheme)
        #expect(file.findings.isEmpty)
        let field = ScoreEngine(scheme: scheme).score(file.units)
        #expect(field.units.count == 195)
        let table = DelimitedText(utf8: bytes)
        let (rankColumn, indexColumn) = (table.column("hdi_rank") ?? 0, table.column("hdi") ?? 0)
        var ranked = 0
        for (unit, row) in zip(field.units, table.rows) {
            #expect(unit.unit == row.fields[0])
            let published = row.fields[indexColumn]
            #expect(unit.total == ExactDecimal(published), "\(unit.unit): \(published)")
            #expect(unit.total?.places ?? 3 == 3)
            #expect(unit.rank == Double(row.fields[rankColumn]).map { Int($0) }, "\(unit.unit)")
            ranked += unit.rank == nil ? 0 : 1
            let band = row.fields[table.column("hdicode") ?? 0]
            #expect((unit.grade ?? "") == band.lowercased().replacingOccurrences(of: " ", with: "-"))
        }
        #expect(ranked == 193)
    }

    @Test("Every year of the HDI since 1990 comes out to the published three digits")
    func humanDevelopmentIndexSince1990() throws {
        guard let bytes = SharedFiles.shared("conformance/hdi/hdi_long_1990_2022.csv") else { return }
        let scheme = try SharedFiles.scheme("Schemes/examples/hdi.yaml")
        let table = DelimitedText(utf8: bytes)
        func column(_ name: String) throws -> Int { try #require(table.column(name)) }
        let (le, eys, mys) = (try column("le"), try column("eys"), try column("mys"))
        let (income, index) = (try column("gnipc"), try column("hdi"))
        let units = table.rows.map { row in
            SchemeBuilder.unit(
                "\(row.number)",
                [
                    "life-expectancy": row.fields[le], "expected-schooling": row.fields[eys],
                    "mean-schooling": row.fields[mys], "income": row.fields[income],
                ])
        }
        var compared = 0
        var different: [String] = []
        for (unit, row) in zip(ScoreEngine(scheme: scheme).score(units).units, table.rows) {
            guard let published = ExactDecimal(row.fields[index]) else { continue }
            compared += 1
            if unit.total != published {
                different.append("\(row.fields[0]) \(unit.total?.description ?? "–") \(published)")
            }
        }
        #expect(different.isEmpty, "\(different.count) of \(compared): \(different.prefix(10))")
        #expect(compared > 5000)
    }

    @Test(
        "Fields scored independently with fifty digits agree to the cent",
        arguments: [
            ("shared:spec/trial-field.csv", "trial-field"), ("Tests/Vectors/score/edge-field.csv", "edge-field"),
        ])
    func edition2025(values: String, expected: String) throws {
        let isShared = values.hasPrefix("shared:")
        let path = isShared ? String(values.dropFirst("shared:".count)) : values
        guard let bytes = isShared ? SharedFiles.shared(path) : try SharedFiles.repository(path) else { return }
        let scheme = try SharedFiles.scheme("Schemes/jiangsu-2025.yaml")
        let file = ValuesFile(reading: bytes, scheme: scheme)
        #expect(file.findings.isEmpty)
        let field = ScoreEngine(scheme: scheme).score(file.units)
        let vectors = SharedFiles.table(try SharedFiles.repository("Tests/Vectors/score/\(expected).expected.csv"))
        #expect(field.units.count == vectors.count)
        for (unit, vector) in zip(field.units, vectors) {
            #expect(unit.unit == vector["unit"])
            for line in unit.sheet.indicators {
                let points = vector[line.id.rawValue]
                #expect(line.points.description == points, "\(unit.unit) \(line.id): \(line.formula)")
            }
            #expect(unit.total?.description == vector["total"], "\(unit.unit)")
            #expect(unit.rank.map(String.init) == vector["rank"], "\(unit.unit)")
            #expect(unit.rankInType.map(String.init) == vector["rankInType"], "\(unit.unit)")
            #expect(unit.rankWithoutBonus.map(String.init) == vector["rankWithoutBonus"], "\(unit.unit)")
        }
    }
}
