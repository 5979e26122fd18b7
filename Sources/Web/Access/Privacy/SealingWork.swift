import Logging

/// Seals once, at the start of the server, what an earlier release kept in clear; tried again until it is done.
public struct SealingWork: BackgroundWork {
    private let name: String
    private let seal: @Sendable () async throws -> Int

    /// - Parameter seal: Does it; answers how many rows were sealed.
    public init(_ name: String, seal: @Sendable @escaping () async throws -> Int) {
        self.name = name
        self.seal = seal
    }

    public func run() async throws {
        let logger = Logger(label: "heng.privacy")
        var isDone = false
        // The server ends when any of its services ends: after the work it sleeps.
        while !Task.isCancelled {
            if !isDone {
                do {
                    let count = try await seal()
                    isDone = true
                    if count > 0 { logger.notice("sealed \(count) rows of \(name) that were kept in clear") }
                } catch {
                    logger.error("rows of \(name) could not be sealed, tried again in an hour: \(error)")
                }
            }
            do { try await Task.sleep(for: .seconds(3600)) } catch { return }
        }
    }
}
