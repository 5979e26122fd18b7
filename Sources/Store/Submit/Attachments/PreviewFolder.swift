import Foundation
import Submit
import Vocabulary

/// Pictures of pages, drawn when somebody looks and kept in a folder of bounded size: what was looked at longest ago
/// goes first. Losing the folder loses nothing.
public actor PreviewFolder: PagePainter {
    private let path: String
    private let work: String
    private let mostBytes: Int
    private let mostWaiting: Int
    private var drawing = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var keptBytes: Int?
    private var counts: [Digest: Int] = [:]
    /// Drawn side by side at most.
    private static let parallel = 2

    /// - Parameters:
    ///   - path: the folder.
    ///   - mostBytes: kept at most; 512 MiB.
    ///   - mostWaiting: more than so many waiting requests are turned away.
    public init(path: String, mostBytes: Int = 512 * 1024 * 1024, mostWaiting: Int = 60) {
        self.path = path
        self.work = path + "/work"
        self.mostBytes = mostBytes
        self.mostWaiting = mostWaiting
    }

    public func png(
        _ digest: Digest, _ type: EvidenceType, page: Int, width: Int,
        bytes: @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        let isPicture = type == .jpg || type == .png
        guard type == .pdf ? (1...9999).contains(page) : isPicture && page == 1 else {
            throw Failure("submit.page_unknown")
        }
        let name = "\(digest.hex)-\(page)-\(width).png"
        if let kept = kept(name) { return kept }
        try await enter()
        defer { leave() }
        if let kept = kept(name) { return kept }
        let folder = try WorkFolder(in: work)
        defer { folder.remove() }
        _ = try folder.write(try await bytes(), "in.\(type.rawValue)")
        let rendering = PageRendering(work: folder, patience: 2, turn: .soon)
        if type == .pdf {
            guard page <= (try await count(digest, rendering)) else { throw Failure("submit.page_unknown") }
            let size = ["-scale-to-x", "\(width)", "-scale-to-y", "-1"]
            // A page much higher than wide is bounded by its height instead.
            if try await !rendering.draw(page, arguments: size, seconds: 20) {
                guard try await rendering.draw(page, arguments: ["-scale-to", "\(width)"], seconds: 20) else {
                    throw Failure("submit.preview_failed")
                }
            }
        } else if try await !rendering.picture(type, width: width) {
            throw Failure("submit.preview_failed")
        }
        guard let drawn = folder.read(type == .pdf ? "page.png" : "picture.png", most: 32 * 1024 * 1024), !drawn.isEmpty
        else { throw Failure("submit.preview_failed") }
        keep(drawn, name)
        return drawn
    }

    public func pages(
        _ digest: Digest, _ type: EvidenceType, bytes: @Sendable () async throws -> [UInt8]
    ) async throws -> Int {
        if type != .pdf { return type == .jpg || type == .png ? 1 : 0 }
        if let known = counts[digest] { return known }
        try await enter()
        defer { leave() }
        let folder = try WorkFolder(in: work)
        defer { folder.remove() }
        _ = try folder.write(try await bytes(), "in.pdf")
        return try await count(digest, PageRendering(work: folder, patience: 2, turn: .soon))
    }

    private func count(_ digest: Digest, _ rendering: PageRendering) async throws -> Int {
        if let known = counts[digest] { return known }
        let count = try await rendering.count()
        if counts.count > 5000 { counts = [:] }
        counts[digest] = count
        return count
    }

    // MARK: - Turns

    private func enter() async throws {
        if drawing < Self.parallel {
            drawing += 1
            return
        }
        guard waiting.count < mostWaiting else { throw Failure("submit.preview_busy", ["retryAfterSeconds": "2"]) }
        // The one who leaves hands its turn over.
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { drawing -= 1 } else { waiting.removeFirst().resume() }
    }

    // MARK: - Kept

    private func kept(_ name: String) -> [UInt8]? {
        let file = path + "/" + name
        guard let data = FileManager.default.contents(atPath: file), !data.isEmpty else { return nil }
        try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: file)
        return [UInt8](data)
    }

    /// A full disk only means that nothing is kept.
    private func keep(_ bytes: [UInt8], _ name: String) {
        let draft = path + "/" + UUID().uuidString + ".part"
        guard
            FileManager.default.createFile(atPath: draft, contents: bytes.data, attributes: [.posixPermissions: 0o600])
        else { return }
        guard (try? FileManager.default.moveItem(atPath: draft, toPath: path + "/" + name)) != nil else {
            try? FileManager.default.removeItem(atPath: draft)
            return
        }
        let total = (keptBytes ?? files().reduce(0) { $0 + $1.size } - bytes.count) + bytes.count
        keptBytes = total > mostBytes ? thinned() : total
    }

    private func files() -> [(path: String, size: Int, at: Date)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".png") }.compactMap { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + name)
            guard let size = attributes?[.size] as? Int, let at = attributes?[.modificationDate] as? Date else {
                return nil
            }
            return (path + "/" + name, size, at)
        }
    }

    /// Takes the oldest away until three quarters are left.
    private func thinned() -> Int {
        let all = files().sorted { $0.at < $1.at }
        var total = all.reduce(0) { $0 + $1.size }
        for file in all where total > mostBytes / 4 * 3 {
            try? FileManager.default.removeItem(atPath: file.path)
            total -= file.size
        }
        return total
    }
}
