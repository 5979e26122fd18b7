import Demonstration
import Match
import Scheme
import Testing
import Vocabulary
import Wording

@Suite("What the invented platforms hand in")
struct UploadTests {
    @Test("Every platform answers every upload indicator")
    func everyIndicator() throws {
        let field = try #require(FieldFixture.forty)
        let asked = field.scheme.indicators.filter { $0.mode == .upload }.map(\.id)
        #expect(asked.count == 19)
        for platform in field.platforms {
            #expect(field.cells(of: platform).map(\.indicator) == asked)
        }
    }

    @Test("Columns are the scheme's item fields, required ones are filled, choices are in their dictionaries")
    func tablesFollowTheScheme() throws {
        let field = try #require(FieldFixture.forty)
        for platform in field.platforms where platform.figures.companies < 1000 {
            for cell in field.cells(of: platform) {
                let indicator = try #require(field.scheme.indicator(cell.indicator))
                guard let items = cell.items else { continue }
                #expect(items.columns == indicator.items.map(\.id))
                for row in items.rows {
                    let fields = Swift.Dictionary(uniqueKeysWithValues: zip(items.columns, row))
                    for item in indicator.items {
                        let text = fields[item.id] ?? ""
                        let isAsked = item.isRequired || item.requiredUnless.map { (fields[$0] ?? "").isEmpty } ?? false
                        if isAsked { #expect(!text.isEmpty, "\(cell.indicator) \(item.id)") }
                        if case .choice(let id) = item.kind, !text.isEmpty {
                            #expect(field.scheme.dictionary(id)?.entry(text)?.isCounted == true, "\(item.id) \(text)")
                        }
                    }
                }
            }
        }
    }

    @Test("Credit codes in lists are valid and distinct but where codes were bought")
    func codes() throws {
        let field = try #require(FieldFixture.forty)
        for platform in field.platforms where platform.figures.companies < 3000 {
            let cell = try #require(field.cells(of: platform).first { $0.indicator == "companies-served" })
            let items = try #require(cell.items)
            let column = try #require(items.columns.firstIndex(of: "code"))
            let codes = items.rows.map { $0[column] }.filter { !$0.isEmpty }
            let wrong = codes.filter { CompanyCode($0) == nil }.count
            let repeated = codes.count - Set(codes).count
            let planted = platform.cheat == .boughtCodes
            #expect(planted == (wrong > 0) && wrong == items.rejected, "\(platform.id)")
            #expect(planted == (repeated > 0) && repeated == items.duplicates, "\(platform.id)")
        }
    }

    @Test("Bought codes are struck out with the figures in the reason")
    func boughtCodesAreStruck() throws {
        let field = try #require(FieldFixture.forty)
        let platform = try #require(field.platform(with: .boughtCodes))
        let cell = try #require(field.cells(of: platform).first { $0.indicator == "companies-served" })
        let declared = try #require(cell.declared["companies-served"])
        let verified = try #require(cell.judgement.verified["companies-served"])
        #expect(declared == ExactDecimal(platform.figures.companies))
        #expect(try #require(cell.items).rows.count > platform.figures.companies)
        #expect(verified < ExactDecimal(platform.figures.companies))
        #expect(cell.judgement.reason == "demo.verify.struck")
    }

    @Test(
        "A certificate that ended or is another's is not accepted",
        arguments: [
            (PlantedCheat.expiredCertificate, "demo.verify.expired"), (.foreignCertificate, "demo.verify.holder"),
        ])
    func certificates(cheat: PlantedCheat, reason: String) throws {
        let field = try #require(FieldFixture.forty)
        let platform = try #require(field.platform(with: cheat))
        let cell = try #require(field.cells(of: platform).first { $0.indicator == "dcmm-level" })
        #expect(try #require(cell.declared["dcmm-level"]) >= ExactDecimal(4))
        #expect(cell.judgement.verified["dcmm-level"] == .zero)
        #expect(cell.judgement.reason == reason)
        let document = try #require(cell.evidence.first)
        #expect((document.holder == platform.operator.name) == (cheat == .expiredCertificate))
    }

    @Test("Every reason has its sentence in both languages", arguments: Language.allCases)
    func reasonsAreWorded(language: Language) throws {
        let field = try #require(FieldFixture.forty)
        var keys: Set<String> = []
        for platform in field.platforms {
            for cell in field.cells(of: platform) {
                keys.insert(cell.judgement.reason)
                let text = Catalogue.of(language).text(cell.judgement.reason, cell.judgement.values)
                #expect(!text.contains("{") && !text.contains("["), "\(text)")
            }
            keys.formUnion(field.marks(of: platform).compactMap(\.reason))
        }
        #expect(keys.count >= 10)
        for key in keys { #expect(Catalogue.of(language).texts[key] != nil, "\(key)") }
    }

    @Test("Evidence is a PDF whose cross-reference table points at its objects")
    func evidenceIsSound() throws {
        let field = try #require(FieldFixture.forty)
        let documents = field.cells(of: field.platforms[3]).flatMap(\.evidence)
        #expect(documents.count >= 8)
        for document in documents {
            let bytes = document.bytes
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.hasPrefix("%PDF-1.7\n"))
            #expect(text.hasSuffix("%%EOF\n"))
            let tail = text.split(separator: "\n").suffix(2)
            let place = try #require(tail.first)
            let start = try #require(Int(place))
            #expect(bytes[start..<start + 4].elementsEqual("xref".utf8))
            let entries = String(decoding: bytes[start...], as: UTF8.self).split(separator: "\n")
                .filter { $0.hasSuffix("00000 n ") }
            for (number, entry) in entries.enumerated() {
                let offset = try #require(Int(entry.prefix(10)))
                let mark = "\(number + 1) 0 obj"
                #expect(bytes[offset..<offset + mark.utf8.count].elementsEqual(mark.utf8))
            }
        }
    }

    @Test("Marks come from five experts, lie in 0…100, and carry a reason where one is asked")
    func marks() throws {
        let field = try #require(FieldFixture.forty)
        #expect(field.markedIndicators.count == 4)
        var count = 0
        for platform in field.platforms {
            for (_, marks) in Swift.Dictionary(grouping: field.marks(of: platform), by: \.indicator) {
                #expect(Set(marks.map(\.expert)) == [0, 1, 2, 3, 4])
                count += marks.count
            }
            for mark in field.marks(of: platform) {
                #expect((0...100).contains(mark.mark))
                #expect((mark.mark < 60 || mark.mark > 90) == (mark.reason != nil))
            }
        }
        #expect(count > 500)
    }

    @Test("Official lists name winners, strangers and lower grades; the registry knows valid and expired titles")
    func listsAndRegistry() throws {
        let field = try #require(FieldFixture.forty)
        let lists = field.officialLists
        #expect(lists.count == 4)
        for list in lists {
            let table = DelimitedText(list.table)
            #expect(table.findings.isEmpty)
            #expect(table.rows.count > 12)
        }
        let sources = field.scheme.indicators.flatMap(\.lists)
        #expect(sources.contains { !field.winners(of: $0).isEmpty })
        let registry = DelimitedText(field.registryTable)
        #expect(registry.findings.isEmpty)
        #expect(registry.rows.count > 60)
        let values = field.platforms.map(field.registryValue)
        #expect(values.contains(0) && values.contains { $0 > 0 })
    }
}
