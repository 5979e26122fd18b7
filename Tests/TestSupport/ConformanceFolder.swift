import Foundation

/// Published figures and vectors that stand beside the repository, not in it: `../shared/conformance/NAME`.
public struct ConformanceFolder: Sendable {
    public let url: URL

    /// Nil, after a loud line, when the folder is not there: the test then has nothing to hold against.
    public init?(_ name: String, from file: String = #filePath) {
        var root = URL(fileURLWithPath: file)
        while root.path != "/" {
            root.deleteLastPathComponent()
            if FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) { break }
        }
        let url = root.appending(path: "../shared/conformance/\(name)").standardizedFileURL
        guard FileManager.default.fileExists(atPath: url.path) else {
            print("SKIPPED: no conformance data \(name) at \(url.path); nothing was compared")
            return nil
        }
        self.url = url
    }

    /// Every file below with the extension, ordered by path.
    public func files(_ pathExtension: String) -> [URL] {
        let found = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        return (found ?? []).filter { $0.pathExtension == pathExtension }.sorted { $0.path < $1.path }
    }
}
