import Foundation
import Vocabulary

/// Runs a program of the system on files of ours: with low priority, bounded in time, memory and what it writes, without
/// our environment's secrets, and only as many at a time as `ToolBench` has places. Results come in files.
struct ExternalTool: Sendable {
    /// How a run ended.
    enum End: Sendable, Hashable {
        case success
        /// It ran and refused the file.
        case failed(Int32)
        case timeLimit
        /// Others had the processor all the while; it says nothing about the file.
        case starved
        /// There is no such program.
        case missing
    }

    let program: String
    /// At most, in bytes of address space.
    var memoryBytes = 2_000_000_000
    /// At most a file, in bytes.
    var fileBytes = 64 * 1024 * 1024
    /// How many times its processor time a run may last: with its low priority it waits for everybody else.
    var patience = 10
    /// Who waits for it; what a person waits for runs behind requests, but before the background.
    var turn = ToolBench.Turn.later
    var bench = ToolBench.shared

    static func isInstalled(_ program: String) -> Bool {
        ["/usr/bin/", "/usr/local/bin/", "/bin/"].contains {
            FileManager.default.isExecutableFile(atPath: $0 + program)
        }
    }

    /// - Parameters:
    ///   - seconds: of processor time at most.
    ///   - output: the file for what it prints; thrown away where nil.
    /// - Throws: `submit.tools_busy`.
    func run(_ arguments: [String], seconds: Int, output: String? = nil) async throws -> End {
        guard Self.isInstalled(program) else { return .missing }
        return try await bench.work(turn) { try await start(arguments, seconds: seconds, output: output) }
    }

    private func start(_ arguments: [String], seconds: Int, output: String?) async throws -> End {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "nice", "-n", turn == .soon ? "5" : "15", "ionice", "-t", "-c", "3", "prlimit", "--as=\(memoryBytes)",
                "--fsize=\(fileBytes)",
                "--core=0",
                "--cpu=\(seconds):\(seconds + 1)", "timeout", "-k", "2", "\(seconds * patience)", program,
            ] + arguments
        process.environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1",
            "MAGICK_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1",
        ]
        process.standardInput = FileHandle.nullDevice
        let printed = try output.map { path in
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: path)
            else { throw Failure("store.cannot_write", ["path": path]) }
            return handle
        }
        defer { try? printed?.close() }
        process.standardOutput = printed ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let status: Int32 = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { continuation.resume(throwing: error) }
            }
        } onCancel: {
            if process.isRunning { process.terminate() }
        }
        try Task.checkCancellation()
        switch status {
        case 0: return .success
        case 124: return .starved
        // Killed, or out of processor time (signal 24).
        case 137, 152: return .timeLimit
        case 127: return .missing
        default: return .failed(status)
        }
    }
}

/// A folder of one's own for one run, gone afterwards.
struct WorkFolder: Sendable {
    let path: String

    init(in folder: String) throws {
        path = folder + "/" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw Failure("store.cannot_write", ["path": path], cause: error) }
    }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let file = path + "/" + name
        guard FileManager.default.createFile(atPath: file, contents: bytes.data, attributes: [.posixPermissions: 0o600])
        else { throw Failure("store.cannot_write", ["path": file]) }
        return file
    }

    /// At most so many bytes of a file; nil when there is none.
    func read(_ name: String, most: Int) -> [UInt8]? {
        guard let handle = FileHandle(forReadingAtPath: path + "/" + name) else { return nil }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: most)).flatMap { $0 }.map { [UInt8]($0) } ?? []
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
