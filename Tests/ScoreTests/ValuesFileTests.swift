import Scheme
import Score
import Testing
import Vocabulary

@Suite struct ValuesFileTests {
    static func read(_ text: String, path: String = "Schemes/jiangsu-2025.yaml") throws -> ValuesFile {
        ValuesFile(reading: Array(text.utf8), scheme: try SharedFiles.scheme(path))
    }

    @Test("Byte order mark, quotes, carriage returns and blank lines change nothing")
    func forms() throws {
        let plain = try Self.read("unit,type,devices-connected\nP1,综合型,5\nP2,特色型,6\n")
        let dressed = try Self.read(
            "\u{FEFF}\"unit\",type, devices-connected \r\n\r\n\"P1\",综合型,\"5\"\r\nP2 , 特色型, 6\r\n,,\r\n")
        #expect(plain.units == dressed.units)
        #expect(plain.isUsable && dressed.isUsable)
        #expect(plain.units.map(\.id) == ["P1", "P2"])
        #expect(plain.units[1].values["devices-connected"]?.number == 6)
    }

    @Test("A type is known by its id and by its title in either language")
    func types() throws {
        let file = try Self.read(
            "unit,type,scenarios.accepted,scenarios.mark\na,comprehensive,9,0\nb,综合型,9,0\nc,Comprehensive,9,0\n")
        #expect(file.isUsable)
        let scheme = try SharedFiles.scheme("Schemes/jiangsu-2025.yaml")
        let field = ScoreEngine(scheme: scheme).score(file.units)
        #expect(field.units.map { $0.total?.description } == ["1.00", "1.00", "1.00"])
        #expect(field.units.map(\.rankInType) == [1, 1, 1])
    }

    @Test(
        "Every fault is found, with its row and column, and reading goes on",
        arguments: [
            ("unit,type,devices-connected\nP1,综合型,abc\n", "score.number_bad", "row 2, column devices-connected"),
            ("unit,type,devices-connected\nP1,综合型,\"1,158\"\n", "score.number_bad", "row 2, column devices-connected"),
            ("unit,type,devices-connected\nP1,综合型,0x1F\n", "score.number_bad", "row 2, column devices-connected"),
            ("unit,type,devices-connected\nP1,综合型,nan\n", "score.number_bad", "row 2, column devices-connected"),
            ("unit,type,devices-connected\nP1,综合型,-1\n", "score.value_negative", "row 2, column devices-connected"),
            ("unit,type,overseas\nP1,综合型,100.1\n", "score.mark_out_of_range", "row 2, column overseas"),
            ("unit,type,scenarios.mark\nP1,综合型,-1\n", "score.mark_out_of_range", "row 2, column scenarios.mark"),
            (
                "unit,type,independent-operation\nP1,综合型,2\n", "score.condition_not_binary",
                "row 2, column independent-operation"
            ),
            ("unit,type,overseas\nP1,综合型,1\nP1,综合型,2\n", "score.unit_twice", "row 3"),
            ("unit,type,overseas\n,综合型,1\n", "score.unit_empty", "row 2"),
            ("unit,type,overseas\nP1,平台型,1\n", "score.type_unknown", "row 2, column type"),
            ("unit,type,overseas\nP1,,1\n", "score.type_empty", "row 2, column type"),
            ("unit,overseas\nP1,1\n", "score.type_column_missing", "row 1"),
            ("unit,type,device-connected\nP1,综合型,1\n", "score.column_misspelt", "row 1"),
            ("unit,type,Devices_Connected\nP1,综合型,1\n", "score.column_misspelt", "row 1"),
            ("unit,type,industry-llm.filings,overseas\nP1,综合型,1,1\n", "score.column_misspelt", "row 1"),
            ("unit,type,overseas,overseas\nP1,综合型,1,1\n", "match.table_duplicate_column", "row 1, column 4"),
            ("unit,type,overseas\nP1,综合型\n", "match.table_too_few_fields", "row 2"),
            ("unit,type,overseas\nP1,综合型,1,2\n", "match.table_too_many_fields", "row 2"),
            ("unit,type,overseas\nP1,综合型,\"1\n", "match.table_unterminated_quote", "row 2, column 3"),
            ("unit,type\nP1,综合型\n", "score.columns_none", "row 1"),
            ("unit,type,overseas\n", "score.values_empty", ""),
            ("", "match.table_empty", "row 1"),
            (
                "unit,type,data-points.evidence,data-points\nP1,综合型,E7,5\n", "score.evidence_bad",
                "row 2, column data-points.evidence"
            ),
            (
                "unit,type,data-points.completeness,data-points\nP1,综合型,95,5\n", "score.completeness_bad",
                "row 2, column data-points.completeness"
            ),
        ])
    func faults(text: String, code: String, place: String) throws {
        let file = try Self.read(text)
        #expect(!file.isUsable)
        let errors = file.findings.filter { $0.severity == .error }
        #expect(errors.contains { $0.code == code && $0.place == place }, "\(errors)")
    }

    @Test("Bytes that are no UTF-8 are a fault, not a crash")
    func notUTF8() throws {
        let bytes: [UInt8] = Array("unit,type,overseas\n".utf8) + [0xC6, 0xBD, 0xCC] + Array(",x,1\n".utf8)
        let file = ValuesFile(reading: bytes, scheme: try SharedFiles.scheme("Schemes/jiangsu-2025.yaml"))
        #expect(file.findings.contains { $0.code == "match.table_not_utf8" })
        #expect(!file.isUsable)
    }

    @Test("A column that is not there is a missing value and a warning; one that nobody asked for is not used")
    func tolerated() throws {
        let file = try Self.read("platform,type,devices-connected,remark\nP1,综合型,500,“ok”\n")
        #expect(file.isUsable)
        #expect(file.findings.allSatisfy { $0.severity == .warning })
        #expect(file.findings.contains { $0.code == "score.column_unknown" && $0.values["column"] == "remark" })
        #expect(file.findings.contains { $0.code == "score.column_missing" && $0.values["column"] == "overseas" })
        #expect(!file.findings.contains { $0.values["column"] == "devices-connected" })
        let field = ScoreEngine(scheme: try SharedFiles.scheme("Schemes/jiangsu-2025.yaml")).score(file.units)
        #expect(field.units[0].total?.description == "1.00")
    }

    @Test("Evidence columns weigh, and a source that has not answered waits")
    func evidence() throws {
        let file = try Self.read(
            """
            unit,type,devices-connected,devices-connected.evidence,devices-connected.completeness,specialised-new.evidence
            P1,综合型,300000,E1,0.45,
            P2,综合型,300000,E0+,,waiting
            P3,综合型,300000,,0.45,
            P4,综合型,300000,,,

            """)
        #expect(file.isUsable)
        let field = ScoreEngine(scheme: try SharedFiles.scheme("Schemes/jiangsu-2025.yaml")).score(file.units)
        #expect(field.units.map { $0.total?.description } == ["2.00", "4.00", "2.50", "5.00"])
        #expect(field.units.map(\.isProvisional) == [false, true, false, false])
    }

    @Test("What is written reads back as the same units")
    func roundTrip() throws {
        let scheme = try SharedFiles.scheme("Schemes/jiangsu-2025.yaml")
        var units = ValuesFile(
            reading: try SharedFiles.repository("Tests/Vectors/score/edge-field.csv"), scheme: scheme
        ).units
        units[0].evidence["data-points"] = CellEvidence(level: .declared, isRaised: true)
        units[1].evidence["data-points"] = CellEvidence(level: .live, completeness: 25.0 / 31)
        units[2].waiting = ["specialised-new"]
        units[3].id = "a \"quoted\", name"
        units[4].values["mlps-level.report"] = ScoreValue("0")
        let again = ValuesFile(reading: Array(ValuesFile.text(units, scheme: scheme).utf8), scheme: scheme)
        #expect(again.findings.isEmpty)
        #expect(again.units == units)
    }
}
