import Foundation
import Vocabulary

/// Says what happens, in words, on standard error, with the seconds since the start.
struct DemoProgress: Sendable {
    let language: Language
    private let start = Date()

    init(language: Language) { self.language = language }

    func say(_ key: String, _ values: [String: String] = [:]) {
        let seconds = Int(Date().timeIntervalSince(start).rounded())
        let mark = String(repeating: " ", count: max(0, 4 - "\(seconds)".count)) + "\(seconds) s  "
        Terminal.write(mark)
        Terminal.say(language, key, values)
    }
}
