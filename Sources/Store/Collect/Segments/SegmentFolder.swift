import Collect
import Foundation
import Synchronization
import Vocabulary

/// The segment files of the port, `<data>/port/NAME-00000001.hseg`: written at their end only, read anywhere.
///
/// A segment is written full of zeros before it is used, so that taking a batch in changes no file's length; the next one,
/// four times as long up to a limit, is prepared beside the work. What has been acknowledged is never in a disk block that
/// is written again.
final class SegmentFolder: Sendable {
    private struct State {
        /// The segment that is written now, and where.
        var current: (file: SegmentFile, number: Int, tail: Int, length: Int)?
        var readers: [Int: SegmentFile] = [:]
        var isPreparing = false
    }

    let path: String
    let name: String
    private let firstLength: Int
    private let segmentLength: Int
    private let state = Mutex(State())
    private let preparing: DispatchQueue

    /// - Parameters:
    ///   - name: The first part of the files' names.
    ///   - firstLength: Of the first segment.
    ///   - segmentLength: The longest, except where one frame needs more.
    init(_ path: String, name: String, firstLength: Int = 256 << 10, segmentLength: Int = 64 << 20) {
        self.path = path
        self.name = name
        self.firstLength = firstLength
        self.segmentLength = segmentLength
        self.preparing = DispatchQueue(label: "heng.port.\(name).prepare", qos: .utility)
    }

    func filePath(_ number: Int) -> String { path + "/" + fileName(number) }

    func fileName(_ number: Int) -> String {
        let digits = String(number)
        return "\(name)-\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).hseg"
    }

    private var sparePath: String { "\(path)/\(name)-spare.hseg" }

    /// The numbers of the segments that exist, ascending.
    func numbers() throws -> [Int] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).compactMap { file in
            guard file.hasPrefix(name + "-"), file.hasSuffix(".hseg") else { return nil }
            return Int(file.dropFirst(name.count + 1).dropLast(5))
        }.sorted()
    }

    // MARK: writing

    /// Opens the latest segment behind its last committed byte and cuts off what lies after it.
    /// - Parameter committed: One past the last committed byte of a segment.
    /// - Returns: The segments in which something was cut, with the number of bytes that were not zero.
    func recover(committed: (Int) throws -> Int) throws -> [(segment: Int, bytes: Int)] {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var cut: [(segment: Int, bytes: Int)] = []
        var latest: (file: SegmentFile, number: Int, tail: Int, length: Int)?
        for number in try numbers().reversed().prefix(2).reversed() {
            let file = try SegmentFile(filePath(number), writing: true)
            let end = SegmentFolder.aligned(max(SegmentHeader.length, try committed(number)))
            let bytes = try SegmentFolder.cutTail(file, from: end)
            if bytes > 0 { cut.append((number, bytes)) }
            latest = (file, number, end, file.length)
        }
        state.withLock { $0.current = latest }
        prepareSpare()
        return cut
    }

    /// Overwrites what is not zero after the end; the bytes that were.
    private static func cutTail(_ file: SegmentFile, from end: Int) throws -> Int {
        var at = end
        var found = 0
        while true {
            let bytes = try file.read(at: at, length: 1 << 20)
            if bytes.isEmpty { break }
            let marks = bytes.count { $0 != 0 }
            if marks > 0 {
                found += marks
                try file.erase(from: at, to: at + bytes.count)
            }
            at += bytes.count
        }
        if found > 0 { try file.sync() }
        return found
    }

    /// Whether the folder was opened for writing.
    var isOpen: Bool { state.withLock { $0.current != nil } }

    private static func aligned(_ place: Int) -> Int { (place + 4095) & ~4095 }

    /// Appends frames as one write and waits until they are on the disk.
    ///
    /// One caller at a time. A frame must say the segment it lies in: `encode` gets its number.
    /// - Throws: `collect.storage-full`, `store.segment_unusable`; then nothing of it will be read.
    func append(_ encode: (_ segment: Int) -> [[UInt8]]) throws -> [FrameAddress] {
        guard try hasRoom() else { throw SegmentFile.failure(path, ENOSPC) }
        var frames: [[UInt8]] = []
        var target = try ensureCurrent(room: 0)
        frames = encode(target.number)
        let room = frames.reduce(0) { $0 + $1.count }
        if target.tail + room > target.length {
            target = try ensureCurrent(room: room)
            frames = encode(target.number)
        }
        var addresses: [FrameAddress] = []
        var joined: [UInt8] = []
        if frames.count == 1 {
            addresses.append(FrameAddress(segment: target.number, place: target.tail, length: frames[0].count))
            swap(&joined, &frames[0])
        } else {
            joined.reserveCapacity(room)
            for frame in frames {
                addresses.append(
                    FrameAddress(segment: target.number, place: target.tail + joined.count, length: frame.count))
                joined += frame
            }
        }
        do {
            try target.file.write(joined, at: target.tail)
            try target.file.sync()
        } catch {
            // Whether the bytes arrived is not known any more: nothing more goes into this segment.
            state.withLock { $0.current = nil }
            throw error
        }
        let end = SegmentFolder.aligned(target.tail + joined.count)
        state.withLock { $0.current?.tail = end }
        return addresses
    }

    /// Whether the disk has room left for the work that must go on when no batch can be taken any more: taking back,
    /// reading, signing in.
    private func hasRoom() throws -> Bool {
        let free = try FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize]
        return (free as? NSNumber)?.int64Value ?? .max >= SegmentFolder.reserve
    }

    private static let reserve: Int64 = 16 << 20

    /// The segment to write into, a new one when so many bytes do not fit any more.
    private func ensureCurrent(room: Int) throws -> (file: SegmentFile, number: Int, tail: Int, length: Int) {
        if let current = state.withLock({ $0.current }), current.tail + room <= current.length { return current }
        let latest = try numbers().last
        let number = (latest ?? 0) + 1
        let needed = SegmentHeader.length + SegmentFolder.aligned(room)
        let spare = (try? SegmentFile(sparePath))?.length ?? 0
        if spare >= needed, spare >= firstLength {
            try SegmentFolder.move(sparePath, filePath(number) + ".new")
        } else {
            try SegmentFolder.fill(filePath(number) + ".new", max(needed, latest.map(nextLength) ?? firstLength))
        }
        let file = try SegmentFile(filePath(number) + ".new", writing: true)
        let length = file.length
        try file.write(SegmentHeader.encode(number: number, fileLength: length), at: 0)
        try file.sync()
        try SegmentFolder.move(filePath(number) + ".new", filePath(number))
        try SegmentFile.syncFolder(path)
        let current = (file: file, number: number, tail: SegmentHeader.length, length: length)
        state.withLock { $0.current = current }
        prepareSpare()
        return current
    }

    /// The length of the segment after that one.
    private func nextLength(after number: Int) -> Int {
        let length = (try? SegmentFile(filePath(number)))?.length ?? 0
        return min(segmentLength, max(firstLength, 4 * length))
    }

    private static func move(_ from: String, _ to: String) throws {
        if rename(from, to) != 0 { throw SegmentFile.failure(to, errno) }
    }

    private static func fill(_ path: String, _ length: Int) throws {
        do {
            let file = try SegmentFile(path, creating: true, writing: true)
            try file.erase(from: 0, to: length)
            try file.sync()
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Writes the next segment full of zeros beside the work. When the disk has no room for it the next rotation says so.
    private func prepareSpare() {
        let after = state.withLock { state -> Int? in
            guard !state.isPreparing, let current = state.current else { return nil }
            state.isPreparing = true
            return current.number
        }
        guard let after else { return }
        preparing.async { [self] in
            defer { state.withLock { $0.isPreparing = false } }
            guard !FileManager.default.fileExists(atPath: sparePath) else { return }
            let fresh = sparePath + ".new"
            guard (try? SegmentFolder.fill(fresh, nextLength(after: after))) != nil else { return }
            try? SegmentFolder.move(fresh, sparePath)
        }
    }

    // MARK: reading

    /// The bytes of a span of a segment; shorter where the file ends.
    /// - Throws: `store.segment_unusable`.
    func read(_ segment: Int, at place: Int, length: Int) throws -> [UInt8] {
        try reader(segment).read(at: place, length: length)
    }

    private func reader(_ segment: Int) throws -> SegmentFile {
        if let known = state.withLock({ $0.readers[segment] }) { return known }
        let file = try SegmentFile(filePath(segment))
        state.withLock { state in
            // A hundred open files are enough; the oldest segments are read the least.
            if state.readers.count >= 100, let oldest = state.readers.keys.min() { state.readers[oldest] = nil }
            state.readers[segment] = file
        }
        return file
    }

    // MARK: giving back

    /// Overwrites frames that nothing points at any more.
    func erase(_ addresses: [FrameAddress]) throws {
        for (segment, frames) in Dictionary(grouping: addresses, by: \.segment) {
            let file = try SegmentFile(filePath(segment), writing: true)
            for frame in frames { try file.erase(from: frame.place, to: frame.place + frame.length) }
            try file.sync()
        }
    }

    /// Gives a segment's file back: it becomes the next spare one when it has the usual length, else it goes.
    func release(_ segment: Int) throws {
        let isCurrent = state.withLock { state in
            if state.current?.number == segment { return true }
            state.readers[segment] = nil
            return false
        }
        guard !isCurrent else { return }
        let path = filePath(segment)
        let file = try SegmentFile(path, writing: true)
        if file.length == segmentLength, !FileManager.default.fileExists(atPath: sparePath) {
            try file.erase(from: 0, to: file.length)
            try file.sync()
            try SegmentFolder.move(path, sparePath)
        } else if unlink(path) != 0 {
            throw SegmentFile.failure(path, errno)
        }
        try SegmentFile.syncFolder(self.path)
    }
}
