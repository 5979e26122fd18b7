import Submit
import Vocabulary

/// Forgets uploads that nobody finished in time: once an hour.
public struct UploadSweep: BackgroundWork {
    private let uploads: any UploadStore
    private let clock: any Clock

    public init(_ uploads: any UploadStore, clock: any Clock) {
        self.uploads = uploads
        self.clock = clock
    }

    public func run() async throws {
        while !Task.isCancelled {
            // A fault now is tried again in an hour; nothing but space hangs on it.
            _ = try? await uploads.removeExpired(before: clock.now())
            do { try await Task.sleep(for: .seconds(3600)) } catch { return }
        }
    }
}
