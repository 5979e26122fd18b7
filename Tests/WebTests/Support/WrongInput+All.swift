/// Wrong batches, forms, files and scheme files, as people and machines really hand them in.
extension WrongInput {
    static let all = batches + forms + files + schemes

    private static let device = #"{"kind":"device","id":"HL-1","id_basis":"serial","ts":1763740800,"type":"cnc-lathe"}"#

    static let batches: [WrongInput] = [
        .batch("a batch with half a line", #"{"kind":"device","id":"#),
        .batch("a record of an unknown kind", #"{"kind":"machine","id":"HL-1","ts":1763740800}"#),
        .batch("a device without id", #"{"kind":"device","ts":1763740800}"#),
        .batch("a record from the future", device.replacing("1763740800", with: "1795276800")),
        .batch("a device of an unknown type", device.replacing("cnc-lathe", with: "lathe")),
        .batch("a sensor sent as a device", device.replacing("cnc-lathe", with: "sensor")),
        .batch("a time that is none", device.replacing("1763740800", with: #""yesterday""#)),
        .batch(
            "a company with a mistyped code",
            #"{"kind":"company","code":"91320500MA1ABCDEF0","ts":1763740800,"op":"add"}"#),
        .batch("a record of another platform", device.replacing(#""id":"#, with: #""platform":"p9","id":"#)),
        .batch("a batch without its key", device, headers: ["Idempotency-Key": ""]),
        .batch(
            "a batch changed on its way", device,
            headers: ["Content-Digest": "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"]),
        .batch("a batch that is no gzip", device, headers: ["Content-Encoding": "gzip"]),
    ]

    static let forms: [WrongInput] = [
        .cell("a negative revenue", "platform-revenue/declared", #"{"values":{"platform-revenue":-1}}"#),
        .cell("a revenue in words", "platform-revenue/declared", #"{"values":{"platform-revenue":"很多"}}"#),
        .cell("a figure that the indicator does not have", "platform-revenue/declared", #"{"values":{"profit":1}}"#),
        .cell("half a financing round", "financing-round/declared", #"{"values":{"financing-round":1.5}}"#),
        .cell("a figure that the port counts", "devices-connected/declared", #"{"values":{"devices-connected":9}}"#),
        .cell("an indicator that does not exist", "profit/declared", #"{"values":{}}"#),
        .cell("a form without its version", "platform-revenue/declared", #"{"values":{}}"#, tag: nil),
        .cell("a form on an old version", "platform-revenue/declared", #"{"values":{}}"#, tag: "\"7\""),
        .cell("a form that is no JSON", "platform-revenue/declared", "platform-revenue=1"),
        .post(
            "a platform whose operator's code fails its check", "/api/v1/rounds/r1/platforms",
            RoundRoutesTests.platform("p3", code: "913205000000000000")),
        .post(
            "a platform of an unknown type", "/api/v1/rounds/r1/platforms",
            RoundRoutesTests.platform("p3", type: "万能型")),
        .post("a round that exists", "/api/v1/rounds", RoundRoutesTests.newRound),
        .post("a password that is wrong", "/api/v1/sessions", #"{"account":"nobody","password":"x"}"#, role: nil),
        .post(
            "an account with a short password and no role", "/api/v1/accounts",
            #"{"id":"li","displayName":"李","password":"123","roles":[]}"#, role: "system-administrator"),
    ]

    static let files: [WrongInput] = [
        .evidence("an empty file", [], name: "a.pdf"),
        .evidence("a program", [0x4D, 0x5A] + Array(repeating: 0, count: 200), name: "report.pdf"),
        .evidence("a page of HTML called PDF", Array("<html><script>1</script></html>".utf8), name: "report.pdf"),
        .evidence(
            "a document of old Office",
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600),
            name: "report.doc"),
        .evidence("half a picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], name: "a.png"),
        .list("a list without its columns", "parks-served", "园区,级别\n苏州工业园区,国家级\n"),
        .list(
            "a list with a level that does not count", "parks-served",
            "园区名称,管理级别,所在地区,合同或协议编号\n昆山开发区,乡镇级,320500,HT-2\n苏州工业园区,国家级,320500,HT-1\n"),
        .list(
            "a list in GBK", "parks-served",
            bytes: [0xD4, 0xB0, 0xC7, 0xF8, 0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0xBC, 0xB6, 0x0A, 0x61, 0x2C, 0x62, 0x0A]),
        .list(
            "a standard with a number that is none", "standards",
            "标准编号,标准名称,级别与角色,发布日期\nT/CESA 1-2024,团体标准,national-led,2024-01-05\nGB/T 40659-2021,智能制造,national-led,2021-10-11\n"
        ),
        .list(
            "a day that the calendar does not have", "standards",
            "标准编号,标准名称,级别与角色,发布日期\nGB/T 1-2024,某标准,national-led,2024-02-30\nGB/T 40659-2021,智能制造,national-led,2021-10-11\n"
        ),
        .list("a list for an indicator that has none", "financing-round", "a\n1\n"),
    ]

    static let schemes: [WrongInput] = [
        .scheme(
            "a scheme whose floor lies above its target", "floor: 500, target: 300_000", "floor: 300_000, target: 500"),
        .scheme(
            "a scheme whose points do not add up", "points: {value: 45, origin: default}",
            "points: {value: 46, origin: default}"),
        .scheme(
            "a scheme with a mistyped key", "            window: {value: port-months-mean",
            "            windw: {value: port-months-mean"),
        .scheme("a scheme with tiers that fall", "{at: 4, points: 1.8,", "{at: 4, points: 1.2,"),
        .scheme(
            "a scheme with a text in one language", "zh: 工业设备连接数量, en: Industrial devices connected,", "zh: 工业设备连接数量,"),
        .scheme("a scheme with a ratio of nothing", "denominator: core-talent-share.employees, ", ""),
        .scheme(
            "a scheme with a decision without document", "points: {value: 3, origin: source}",
            "points: {value: 3, origin: decision}"),
        .scheme("a scheme that is no YAML", "calendar:\n", "calendar: [\n"),
    ]
}
