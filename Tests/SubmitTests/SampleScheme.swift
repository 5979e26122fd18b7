import Scheme
import Vocabulary

func text(_ zh: String, _ en: String? = nil) -> LocalizedText { LocalizedText(zh: zh, en: en ?? zh) }
func sourced<Value>(_ value: Value) -> Sourced<Value> { Sourced(value, .default) }
func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

/// A small scheme with one indicator of every shape that the forms know.
enum SampleScheme {
    static let talent = Indicator(
        number: 11, id: "core-talent", title: text("核心人才数量", "Core talent"), definition: text("…"),
        unit: text("人", "people"), mode: .upload, subject: .operator, window: sourced(.onCutOff),
        points: sourced(ExactDecimal(2)), rule: .log(floor: sourced(5), target: sourced(300), foot: sourced(0.2)),
        items: [
            ItemField(id: "name", title: text("姓名", "Name"), kind: .text, isRequired: true, isKey: true),
            ItemField(id: "id4", title: text("身份证后四位", "Last four"), kind: .text, isRequired: true, isKey: true),
            ItemField(id: "hired", title: text("入职日期", "Hired"), kind: .date, isRequired: true, isKey: false),
        ], isSampled: true, itemCount: .distinct)

    static let share = Indicator(
        number: 12, id: "core-talent-share", title: text("核心人才占比", "Share of core talent"), definition: text("…"),
        unit: text("%"), mode: .upload, subject: .operator, window: sourced(.onCutOff),
        points: sourced(ExactDecimal(2)), rule: .linear(floor: sourced(0), target: sourced(40)), valuePlaces: 2,
        ratio: Ratio(
            numerator: "core-talent", denominator: "core-talent-share.employees", denominatorAtLeast: sourced(20)),
        auxiliaries: [
            Part(
                id: "employees", title: text("从业人数", "Employees"), unit: text("人", "people"), valuePlaces: 0,
                kind: .number)
        ])

    static let results = Indicator(
        number: 13, id: "ip-results", title: text("知识成果数量", "IP results"), definition: text("…"),
        unit: text("件", "units"), mode: .upload, subject: .operator, window: sourced(.upToCutOff),
        points: sourced(ExactDecimal(4)), rule: .log(floor: sourced(5), target: sourced(400), foot: sourced(0.2)),
        valuePlaces: 1,
        items: [
            ItemField(
                id: "kind", title: text("类型", "Kind"), kind: .choice(dictionary: "ip"), isRequired: true,
                isKey: false),
            ItemField(
                id: "number", title: text("专利号", "Number"), kind: .certificate("patent"), isRequired: true, isKey: true),
        ],
        itemCount: .weighted(
            field: "kind",
            worth: [
                ItemUnits(code: "invention", units: sourced(2)),
                ItemUnits(code: "utility-model", units: sourced(0.8)),
                ItemUnits(code: "design", units: sourced(0.3)),
            ], caps: [UnitCap(codes: ["utility-model", "design"], units: sourced(1))]))

    static let standards = Indicator(
        number: 14, id: "standards", title: text("行业标准制定", "Standards"), definition: text("…"),
        unit: text("项", "items"), mode: .upload, subject: .operator, window: sourced(.upToCutOff),
        points: sourced(ExactDecimal(3)), rule: .perItem([], setCaps: [], cap: sourced(ExactDecimal(3))),
        parts: ["national-led", "national-part"].map {
            Part(id: $0, title: text($0), unit: text("项", "items"), valuePlaces: 0, kind: .number)
        },
        items: [
            ItemField(
                id: "role", title: text("参与方式", "Role"), kind: .choice(dictionary: "roles"), isRequired: true,
                isKey: false),
            ItemField(
                id: "number", title: text("标准号", "Number"), kind: .certificate("standard"), isRequired: true,
                isKey: true),
        ], itemCount: .byPart(field: "role"))

    static let served = Indicator(
        number: 16, id: "companies-served", title: text("服务企业数量", "Companies served"), definition: text("…"),
        unit: text("家", "companies"), mode: .upload, subject: .platform, window: sourced(.years(2022, 2024)),
        points: sourced(ExactDecimal(5)),
        rule: .log(floor: sourced(10), target: sourced(20_000), foot: sourced(0.2)),
        items: [
            ItemField(id: "company", title: text("企业名称", "Company"), kind: .text, isRequired: true, isKey: false),
            ItemField(
                id: "code", title: text("统一社会信用代码", "Credit code"), kind: .creditCode, isRequired: false,
                isKey: true, requiredUnless: "country"),
            ItemField(id: "country", title: text("国家", "Country"), kind: .country, isRequired: false, isKey: false),
            ItemField(id: "year", title: text("年度", "Year"), kind: .year, isRequired: false, isKey: false),
            ItemField(id: "amount", title: text("金额", "Amount"), kind: .number, isRequired: false, isKey: false),
        ], evidence: [EvidenceRequirement(id: "contracts", title: text("合同", "Contracts"), isRequired: true)],
        isSampled: true, itemCount: .distinct)

    static let independent = Indicator(
        number: 22, id: "independent-operation", title: text("独立经营", "Independent"), definition: text("…"),
        unit: text("是/否", "yes/no"), mode: .upload, subject: .operator, window: sourced(.onCutOff),
        points: sourced(ExactDecimal(3)), rule: .allConditions,
        auxiliaries: ["legal-person", "clean"].map {
            Part(id: $0, title: text($0), unit: text("是/否", "yes/no"), valuePlaces: 0, kind: .condition)
        })

    static let financing = Indicator(
        number: 24, id: "financing-round", title: text("平台融资", "Financing"), definition: text("…"),
        unit: text("轮", "round"), mode: .upload, subject: .operator, window: sourced(.upToCutOff),
        points: sourced(ExactDecimal(3)),
        rule: .tiers([1, 2, 3].map { Tier(at: sourced(Double($0)), points: sourced(ExactDecimal($0))) }))

    static let scenarios = Indicator(
        number: 18, id: "scenarios", title: text("行业典型场景", "Scenarios"), definition: text("…"),
        unit: text("分", "points"), mode: .upload, subject: .platform, window: sourced(.dataYear),
        points: sourced(ExactDecimal(5)), rule: .sumOfParts([]),
        parts: [
            Part(id: "accepted", title: text("案例", "Cases"), unit: text("个", "cases"), valuePlaces: 0, kind: .number),
            Part(id: "mark", title: text("评分", "Mark"), unit: text("分", "marks"), valuePlaces: 2, kind: .mark),
        ])

    static let devices = Indicator(
        number: 1, id: "devices-connected", title: text("工业设备连接数量", "Devices"), definition: text("…"),
        unit: text("台(套)", "devices"), mode: .port, subject: .platform, window: sourced(.portMonthsMean),
        points: sourced(ExactDecimal(5)),
        rule: .log(floor: sourced(500), target: sourced(300_000), foot: sourced(0.2)))

    static let scheme = IndicatorScheme(
        id: "sample", title: text("样例", "Sample"), edition: "2025", zone: "Asia/Shanghai", calendar: nil,
        values: ValuesMapping(), types: [],
        sections: [
            section("basis", [devices, talent, share, results, standards]),
            section("service", [served, scenarios]), section("operation", [independent, financing]),
        ],
        aggregation: .sum, precision: Precision(level: .indicator, places: 2), bonusCap: nil,
        ranking: Ranking(limitedListOrder: [], limitedListCount: nil, withinType: true), grades: [],
        evidenceWorth: nil, sampling: nil, expertMarking: nil, visibility: [],
        dictionaries: [
            Dictionary(
                id: "ip", title: text("类型"), origin: .default,
                entries: [
                    .init(code: "invention", title: text("发明专利", "Invention")),
                    .init(code: "utility-model", title: text("实用新型", "Utility model"), aliases: ["新型"]),
                    .init(code: "design", title: text("外观设计", "Design")),
                    .init(code: "pending", title: text("申请中", "Pending"), isCounted: false),
                ]),
            Dictionary(
                id: "roles", title: text("参与方式"), origin: .default,
                entries: [
                    .init(code: "national-led", title: text("国家标准牵头", "National, led")),
                    .init(code: "national-part", title: text("国家标准参与", "National, part")),
                ]),
        ],
        digest: Digest(bytes: Array(repeating: 7, count: 32)) ?? .init(zeros: ()),
        certificates: [
            CertificateForm(
                id: "patent", title: text("专利号", "Patent"), pattern: "ZL\\d{12}\\.[0-9X]", check: .patent,
                example: "ZL202010123456.2", origin: .default),
            CertificateForm(
                id: "standard", title: text("标准号", "Standard"), pattern: "[A-Z]{2,3}(/T|/Z)? \\d+(\\.\\d+)?-\\d{4}",
                check: .none, example: "GB/T 12345-2020", origin: .default),
        ])

    private static func section(_ id: String, _ indicators: [Indicator]) -> Section {
        Section(
            id: id, title: text(id), isBonus: false, weight: nil, aggregation: .sum,
            groups: [Group(id: id, title: text(id), aggregation: .sum, indicators: indicators)])
    }
}

extension Digest {
    fileprivate init(zeros: Void) {
        guard let digest = Digest(bytes: Array(repeating: 0, count: 32)) else { preconditionFailure("32 bytes") }
        self = digest
    }
}
