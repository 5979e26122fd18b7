import Foundation
import Scheme
import Testing
import Vocabulary
import Wording

/// One fault: what is replaced by what in the sound file, and the code that a person must see at that line.
struct Fault: Sendable, CustomTestStringConvertible {
    let what: String
    let old: String
    let new: String
    let code: String
    var testDescription: String { what }

    init(_ what: String, _ old: String, _ new: String, _ code: String) {
        self.what = what
        self.old = old
        self.new = new
        self.code = "scheme.\(code)"
    }
}

@Suite("Faults of a scheme file")
struct SchemeFaultTests {
    static let faults: [Fault] = [
        Fault("a mistyped key", "points: {value: 5, origin", "pionts: {value: 5, origin", "key_unknown_near"),
        Fault("a key from nowhere", "zone: Asia", "colour: red\nzone: Asia", "key_unknown"),
        Fault("a key twice", "zone: Asia/Shanghai", "zone: Asia/Shanghai\nzone: UTC", "key_duplicate"),
        Fault("a key twice on one line", "measure: distinct-devices,", "measure: a, measure: b,", "key_duplicate"),
        Fault("an id twice in a list", "- {id: taken, title", "- {id: led, title", "id_duplicate"),
        Fault("an indicator's id twice", "id: level\n", "id: devices\n", "id_duplicate"),
        Fault("a number twice", "number: 2\n", "number: 1\n", "number_duplicate"),
        Fault(
            "a group's total that is not the sum", "value: 20, origin: default}\n        indic",
            "value: 19, origin: default}\n        indic", "points_do_not_add_up"),
        Fault(
            "a section's total that is not the sum", "value: 20, origin: default}\n    groups",
            "value: 21, origin: default}\n    groups", "points_do_not_add_up"),
        Fault("a base that is not the sum", "base: 20", "base: 100", "base_does_not_add_up"),
        Fault("parts that do not add up", "part: mark, points: 4", "part: mark, points: 3", "points_do_not_add_up"),
        Fault("a bonus cap above the bonus", "bonus-cap: 2", "bonus-cap: 9", "bonus_cap_above_bonus"),
        Fault("a bonus cap without bonus", "bonus: true", "bonus: false", "bonus_cap_without_bonus"),
        Fault("a ratio without denominator", "denominator: share.staff, ", "", "ratio_without_denominator"),
        Fault(
            "a ratio of an unknown value", "denominator: share.staff", "denominator: share.staf", "value_unknown_near"),
        Fault("a ratio of itself", "denominator: share.staff", "denominator: devices", "ratio_of_itself"),
        Fault(
            "a denominator of at least nothing", "denominator-at-least: 20", "denominator-at-least: 0",
            "denominator_not_positive"),
        Fault("one definition for two", "zh: 证书等级", "zh: 上报的设备。", "definition_duplicate"),
        Fault(
            "no window", "window: {value: end, origin: default}\n", "subject: {value: platform, origin: default}\n",
            "key_missing"),
        Fault(
            "no unit", "unit: {zh: 台, en: devices, origin: default}\n", "sampled: {value: false, origin: default}\n",
            "key_missing"),
        Fault("a window from nowhere", "value: years 2022-2024", "value: years 2024-2022", "expected_window"),
        Fault("a window that no port has", "window: {value: end", "window: {value: data-year", "window_not_for_port"),
        Fault("tiers that overlap", "at: 3, points: 2", "at: 2, points: 2", "tiers_overlap"),
        Fault("tiers out of order", "at: 3, points: 2", "at: 1, points: 2", "tiers_out_of_order"),
        Fault("tiers that fall", "at: 2, points: 1", "at: 2, points: 2.5", "tiers_fall"),
        Fault("tiers that miss the points", "at: 3, points: 2", "at: 3, points: 1.5", "tiers_miss_points"),
        Fault(
            "a log floor above its target", "floor: 10, target: 1_000", "floor: 1_000, target: 10", "floor_above_target"
        ),
        Fault("a linear floor above its target", "floor: 0, target: 40", "floor: 50, target: 40", "floor_above_target"),
        Fault("a floor that is the target", "floor: 0, target: 40", "floor: 40, target: 40", "floor_equals_target"),
        Fault("a log floor of 0", "floor: 10, target: 1_000", "floor: 0, target: 1_000", "log_floor_not_positive"),
        Fault("a foot of all", "foot: 0.2", "foot: 1", "foot_out_of_range"),
        Fault("a rule from nowhere", "kind: log", "kind: logarithm", "rule_kind_unknown"),
        Fault("no English", ", en: Devices, origin", ", origin", "translation_missing"),
        Fault("no Chinese", "title: {zh: 设备, en", "title: {en", "translation_missing"),
        Fault("Chinese for English", "en: Devices,", "en: 设备,", "translation_chinese"),
        Fault("no origin", "points: {value: 5, origin: default}", "points: 5", "origin_missing"),
        Fault(
            "an origin from nowhere", "mode: {value: port, origin: source}", "mode: {value: port, origin: ours}",
            "origin_unknown"),
        Fault(
            "a decision without a document", "window: {value: end, origin: default}",
            "window: {value: end, origin: decision}", "document_missing"),
        Fault(
            "a document without a decision", "window: {value: end, origin: default}",
            "window: {value: end, origin: default, document: A}", "document_without_decision"),
        Fault("an unknown dictionary", "dictionary: roles", "dictionary: role", "dictionary_unknown_near"),
        Fault("a dictionary from nowhere", "dictionary: roles", "dictionary: continents", "dictionary_unknown"),
        Fault("an unknown certificate", "form: standard", "form: patents", "certificate_unknown"),
        Fault("a cap below an item", "cap: 3\n", "cap: 1\n", "cap_below_item"),
        Fault("a set's cap below an item", "{parts: [taken], cap: 1}", "{parts: [taken], cap: 0.4}", "cap_below_item"),
        Fault("a set's cap above the cap", "{parts: [taken], cap: 1}", "{parts: [taken], cap: 4}", "set_cap_above_cap"),
        Fault("a cap that is not the points", "cap: 3\n", "cap: 4\n", "cap_not_points"),
        Fault("a part without worth", "- {part: taken, each: 0.5}", "- {part: led, each: 0.5}", "part_without_worth"),
        Fault("an unknown part", "part: accepted, points", "part: accept, points", "part_unknown"),
        Fault(
            "parts that no rule reads", "kind: per-item, origin: default, items: [{part: cases, each: 1}], cap: 2",
            "kind: linear, floor: 0, target: 2, origin: default", "parts_unused"),
        Fault("an unknown section in the order", "order: [base,", "order: [bases,", "order_unknown"),
        Fault("an unknown value in the order", "\"value:share\"", "\"value:shares\"", "value_unknown"),
        Fault("a repeated order", "order: [base,", "order: [base, base,", "order_repeats"),
        Fault("a lot that is not last", "order: [base, \"value:share\", lot]", "order: [lot, base]", "lot_not_last"),
        Fault("a number in quotes", "base: 20", "base: \"20\"", "expected_number"),
        Fault(
            "a word for a number", "places: 2, origin: default}\nsections", "places: two, origin: default}\nsections",
            "expected_whole_number"),
        Fault("a word for yes", "within-type: true", "within-type: yes", "expected_yes_no"),
        Fault(
            "a list for a block",
            "sampling: {whole-up-to: 30, draw: 30, draw-large: 59, large-from: 4, return-below: 0.8, working-days: 5, origin: default}",
            "sampling: [30]", "expected_block"),
        Fault(
            "a block for a list",
            "grades:\n  - {id: good, title: {zh: 良, en: Good}, floor: 15, origin: default}\n  - {id: pass, title: {zh: 合格, en: Pass}, floor: 10, origin: default}",
            "grades: {id: good}", "expected_list"),
        Fault("a mode from nowhere", "mode: {value: port,", "mode: {value: phone,", "expected_choice"),
        Fault("a day that the calendar does not have", "2025-12-15", "2025-02-30", "expected_date"),
        Fault("a data year after the cut-off", "data-year: 2024", "data-year: 2026", "data_year_after_cut_off"),
        Fault("port months without end", "port-months: 3", "port-months: 40", "port_months_out_of_range"),
        Fault("a zone from nowhere", "Asia/Shanghai", "Asia/Shangai", "zone_unknown"),
        Fault("a later format", "format: 1", "format: 7", "format_unknown"),
        Fault(
            "points of nothing", "points: {value: 5, origin: default}\n            rule: {kind: log",
            "points: {value: 0, origin: default}\n            rule: {kind: log", "points_not_positive"),
        Fault(
            "a port indicator without port",
            "port: {measure: distinct-devices, evidence-class: stock, origin: default}",
            "sampled: {value: false, origin: default}", "port_missing"),
        Fault("a port where none belongs", "mode: {value: port,", "mode: {value: upload,", "port_unexpected"),
        Fault(
            "a list indicator without lists",
            "mode: {value: upload, origin: source}\n            subject: {value: platform",
            "mode: {value: list, origin: source}\n            subject: {value: platform", "lists_missing"),
        Fault(
            "a sample of nothing", "window: {value: on-cut-off, origin: default}",
            "window: {value: on-cut-off, origin: default}\n            sampled: {value: true, origin: default}",
            "sampled_without_items"),
        Fault("an item list without key", ", key: true", "", "list_without_key"),
        Fault("an item count of an unknown field", "field: role", "field: rolle", "field_unknown"),
        Fault("a reduction without its condition", "without: report", "without: reports", "reduction_unknown"),
        Fault("a factor above 1", "factor: 0.5", "factor: 1.5", "factor_out_of_range"),
        Fault("evidence that is worth less", "stock: [0.6, 1, 1, 1, 1]", "stock: [0.6, 1, 0.9, 1, 1]", "factors_fall"),
        Fault("too few levels of evidence", "stock: [0.6, 1, 1, 1, 1]", "stock: [0.6, 1]", "list_length"),
        Fault("a rubric that is not a hundred", "points: 100", "points: 90", "rubric_not_hundred"),
        Fault("a rubric with a step missing", ", {zh: 无, en: none}", "", "rubric_steps"),
        Fault("bands out of order", "from: 60}", "from: 0}", "bands_out_of_order"),
        Fault("an even number of experts", "experts: 5", "experts: 4", "experts_even"),
        Fault("fewer experts than needed", "at-least: 3", "at-least: 6", "experts_too_few"),
        Fault("grades out of order", "floor: 15", "floor: 5", "grades_out_of_order"),
        Fault("a type without its parameter", "parameters: {asked: 9}", "parameters: {}", "type_parameter_missing"),
        Fault("a pattern that is none", "GB [0-9]+", "GB [0-9", "pattern_broken"),
        Fault("an example of another form", "example: GB 1", "example: YD 1", "example_does_not_match"),
        Fault("a parent from nowhere", "{code: led, zh", "{code: led, parent: x, zh", "parent_unknown"),
        Fault("an anchor", "calendar: {", "calendar: &dates {", "anchor_refused"),
    ]

    @Test("Each fault is found in its line, and nothing else stops", arguments: faults)
    func found(_ fault: Fault) throws {
        let range = try #require(SmallScheme.text.range(of: fault.old), "the sound file has no “\(fault.old)”")
        let text = SmallScheme.text.replacingCharacters(in: range, with: fault.new)
        let (scheme, findings) = SchemeReader.read(text: text)
        #expect(scheme == nil)
        let finding = try #require(
            findings.first { $0.code == fault.code }, "found instead \(findings.map { "\($0.place) \($0.code)" })")
        #expect(Int(finding.values["line"] ?? "") != nil)
        for language in Language.allCases {
            let said = Catalogue.of(language).text(finding)
            #expect(!said.hasPrefix("["), "no text for \(finding.code)")
            #expect(!said.contains("{"), "an unfilled place in “\(said)”")
        }
    }

    @Test("The sound file is sound")
    func sound() {
        let (scheme, findings) = SchemeReader.read(text: SmallScheme.text)
        #expect(findings.map { "\($0.place) \($0.code) \($0.values)" } == [])
        #expect(scheme?.indicators.count == 6)
    }

    @Test("Every fault of a file is told at once, in the order of lines")
    func allAtOnce() throws {
        let together = [
            "a mistyped key", "tiers that overlap", "a cap below an item", "no English", "a lot that is not last",
            "a rubric that is not a hundred",
        ]
        var text = SmallScheme.text
        for name in together {
            let fault = try #require(Self.faults.first { $0.what == name })
            text = text.replacingCharacters(in: try #require(text.range(of: fault.old)), with: fault.new)
        }
        let findings = SchemeReader.read(text: text).findings
        let codes = Set(findings.map(\.code))
        for name in together {
            let fault = try #require(Self.faults.first { $0.what == name })
            #expect(codes.contains(fault.code), "\(name) is not among \(codes.sorted())")
        }
        let lines = findings.compactMap { Int($0.values["line"] ?? "") }
        #expect(lines == lines.sorted())
    }

    @Test(
        "A file that is no YAML says where",
        arguments: [
            ("a: [1, 2\nb: 3", "scheme.yaml_broken"), ("", "scheme.file_empty"), ("- a\n- b", "scheme.expected_block"),
            ("a: b\n c: d", "scheme.yaml_broken"), ("a: *nobody", "scheme.yaml_broken"),
            ("a: \"open", "scheme.yaml_broken"),
            ("? [x]\n: y", "scheme.key_not_text"), (String(repeating: "[", count: 20_000), "scheme.yaml_broken"),
        ])
    func noYAML(_ text: String, _ code: String) {
        let (scheme, findings) = SchemeReader.read(text: text)
        #expect(scheme == nil)
        #expect(findings.contains { $0.code == code }, "\(findings.map(\.code))")
    }

    @Test("Bytes that are no UTF-8 say from which line on")
    func noUTF8() {
        let findings = SchemeReader.read(bytes: Array("format: 1\nid: ".utf8) + [0xD6, 0xD0] + Array("\n".utf8))
            .findings
        #expect(findings.map(\.code) == ["scheme.not_utf8"])
        #expect(findings.first?.values["line"] == "2")
    }

    @Test("A linear rule may fall where the file says that less is better")
    func lessIsBetter() {
        let text = SmallScheme.text.replacingOccurrences(
            of: "kind: linear, floor: 0, target: 40,", with: "kind: linear, floor: 40, target: 0, less-is-better: true,"
        )
        #expect(SchemeReader.read(text: text).findings == [])
    }
}
