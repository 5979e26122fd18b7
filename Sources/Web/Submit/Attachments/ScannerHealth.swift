import Synchronization

/// Whether the virus scanner answers, as last seen by whoever reads the queue.
public final class ScannerHealth: Sendable {
    private let down = Mutex(false)

    public init() {}

    /// It did not answer when it was asked last.
    public var isDown: Bool { down.withLock { $0 } }

    func report(isDown: Bool) { down.withLock { $0 = isDown } }
}
