/// A browser and a system as people call them, read from what a program says of itself (`User-Agent`).
public struct DeviceName: Sendable, Equatable {
    /// `Firefox · Windows`; nil when nothing in it is known.
    public let text: String?

    // The first that is found names it: many programs say also what they imitate.
    private static let programs = [
        ("wxwork", "WeCom"), ("micromessenger", "WeChat"), ("dingtalk", "DingTalk"), ("360se", "360"), ("360ee", "360"),
        ("qihu", "360"), ("qaxbrowser", "Qaxbrowser"), ("edg/", "Edge"), ("edga/", "Edge"), ("opr/", "Opera"),
        ("firefox/", "Firefox"), ("fxios/", "Firefox"), ("chrome/", "Chrome"), ("crios/", "Chrome"),
        ("safari/", "Safari"), ("curl/", "curl"), ("python", "Python"),
    ]
    private static let systems = [
        ("windows", "Windows"), ("iphone", "iPhone"), ("ipad", "iPad"), ("android", "Android"),
        ("harmonyos", "HarmonyOS"), ("mac os", "macOS"), ("uos", "UOS"), ("linux", "Linux"),
    ]

    /// Reads what a program says of itself.
    public init(_ agent: String) {
        let said = agent.lowercased()
        let found = [Self.programs, Self.systems].compactMap { names in
            names.first { said.contains($0.0) }?.1
        }
        text = found.isEmpty ? nil : found.joined(separator: " · ")
    }
}
