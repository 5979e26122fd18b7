import Demonstration
import Scheme
import Testing
import Vocabulary

@Suite("The invented field")
struct DemonstrationFieldTests {
    @Test("The same seed gives the same field to the last byte, another seed another one")
    func isDeterministic() throws {
        let first = FieldFixture.fingerprint(of: try FieldFixture.make(14, 7))
        #expect(first == FieldFixture.fingerprint(of: try FieldFixture.make(14, 7)))
        #expect(first != FieldFixture.fingerprint(of: try FieldFixture.make(14, 8)))
    }

    @Test("Every platform has a valid code of its own, a city of the province, and a name that nobody shares")
    func identities() throws {
        let field = try #require(FieldFixture.forty)
        #expect(field.platforms.count == 40)
        #expect(Set(field.platforms.map(\.operator.code)).count == 40)
        #expect(Set(field.platforms.map(\.name)).count == 40)
        #expect(Set(field.platforms.map(\.operator.name)).count == 40)
        for platform in field.platforms {
            #expect(CompanyCode(platform.operator.code.text) != nil)
            #expect(platform.operator.region.rawValue.hasPrefix("32"))
            #expect(platform.operator.code.region == platform.operator.region)
        }
    }

    @Test("All three types are there, and none of them alone")
    func types() throws {
        let field = try #require(FieldFixture.forty)
        let counts = Swift.Dictionary(grouping: field.platforms, by: \.type).mapValues(\.count)
        #expect(Set(counts.keys) == Set(field.scheme.types.map(\.id)))
        #expect(counts.values.allSatisfy { $0 >= 4 })
    }

    @Test(
        "The median and the largest platform are of the size that was ordered",
        arguments: [
            ("devices", 8000.0), ("points", 60_000), ("cores", 300), ("terabytes", 20), ("models", 60), ("apps", 80),
            ("solutions", 15), ("companies", 250), ("users", 3000), ("developers", 60), ("subscriptions", 1000),
            ("revenue", 1500),
        ])
    func magnitudes(name: String, median: Double) throws {
        let field = try #require(FieldFixture.forty)
        let values = field.platforms.map { FieldFixture.figure(name, $0.figures) }.sorted()
        let middle = (values[19] + values[20]) / 2
        #expect(abs(middle - median) <= median * 0.1, "median of \(name): \(middle)")
        let ratio = (values.last ?? 0) / median
        #expect(ratio > 95 && ratio < 305, "the largest of \(name) is \(ratio) medians")
    }

    @Test("A large platform is large in most things")
    func correlation() throws {
        let field = try #require(FieldFixture.forty)
        let bySize = field.platforms.sorted { $0.figures.size < $1.figures.size }
        for name in ["devices", "users", "revenue", "companies"] {
            let low = bySize.prefix(13).map { FieldFixture.figure(name, $0.figures) }.sorted()[6]
            let high = bySize.suffix(13).map { FieldFixture.figure(name, $0.figures) }.sorted()[6]
            #expect(high > low * 10, "\(name): \(low) … \(high)")
        }
    }

    @Test("No trade name is one of a company that people know")
    func namesAreInvented() throws {
        let known = [
            "华为", "阿里", "腾讯", "百度", "京东", "海尔", "卡奥斯", "树根", "根云", "徐工", "汉云", "航天云网", "浪潮", "用友", "金蝶",
            "东方国信", "宝信", "和利时", "蓝卓", "紫金", "朗坤", "苏宁", "雪浪", "亨通", "中天", "博众", "固德威", "南瑞", "先导",
            "沙钢", "恒力", "波司登", "科沃斯", "汇川", "埃斯顿", "远景", "天合", "协鑫", "中兴", "美的", "富士康", "格力", "三一",
            "极视角", "忽米", "摩尔元数", "优也", "寄云", "昆仑", "中控", "软通", "同方", "新华三", "西门子", "施耐德", "罗克韦尔",
        ]
        let field = try #require(FieldFixture.forty)
        for platform in field.platforms {
            for name in known {
                #expect(!platform.name.contains(name))
                #expect(!platform.operator.name.contains(name))
            }
        }
    }

    @Test("A scheme without dates is refused with the reason")
    func refusesSchemeWithoutDates() throws {
        var scheme = try #require(FieldFixture.scheme)
        scheme.calendar = nil
        #expect(throws: Failure("demo.scheme_without_calendar", ["scheme": scheme.id.rawValue])) {
            try DemonstrationField.make(scheme: scheme)
        }
    }

    @Test("A field of no platforms or of too many is refused", arguments: [0, 401])
    func refusesCounts(count: Int) {
        #expect(throws: Failure("demo.platform_count", ["count": "\(count)"])) {
            try FieldFixture.make(count, 1)
        }
    }
}

extension FieldFixture {
    static func figure(_ name: String, _ figures: PlatformFigures) -> Double {
        switch name {
        case "devices": Double(figures.devices)
        case "points": Double(figures.points)
        case "cores": Double(figures.cores)
        case "terabytes": Double(figures.storageBytes) / 1e12
        case "models": Double(figures.models)
        case "apps": Double(figures.apps)
        case "solutions": Double(figures.solutions)
        case "companies": Double(figures.companies)
        case "users": Double(figures.users)
        case "developers": Double(figures.developers)
        case "subscriptions": Double(figures.subscriptions)
        default: Double(figures.revenueHundredths) / 100
        }
    }
}
