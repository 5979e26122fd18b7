import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// HTTP GET with an upper bound on everything: time, size, redirects (none are followed).
///
/// Cancelling the asking task cancels the transfer. Nothing is cached or kept between requests: no cookies, no
/// credentials of the system.
final class BoundedFetcher: Sendable {
    struct Fetched: Sendable {
        var status: Int
        var body: [UInt8]
        /// From `Retry-After`, when it is a number of seconds.
        var retryAfterSeconds: Double?
    }

    enum Refusal: Error, Sendable {
        /// The body is longer than the limit.
        case tooLarge
        /// The peer did not finish in time.
        case timeout
        /// No connection, or it broke before the answer was whole.
        case broken(String)
    }

    private let session: URLSession
    private let delegate = FetchDelegate()

    init(idleSeconds: Double) {
        let configuration = URLSessionConfiguration.ephemeral
        // Only a second line behind the deadline of each request: whole seconds, and the fraction must not become 0.
        configuration.timeoutIntervalForRequest = idleSeconds.rounded(.up) + 1
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    /// - Throws: `Refusal`, or `CancellationError` when the asking task was cancelled.
    func get(_ url: URL, headers: [String: String], limitBytes: Int, deadlineSeconds: Double) async throws -> Fetched {
        try await withThrowingTaskGroup(of: Fetched.self) { group in
            group.addTask { try await self.transfer(url, headers, limitBytes) }
            group.addTask {
                try await Task.sleep(for: .seconds(deadlineSeconds))
                throw Refusal.timeout
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw Refusal.timeout }
            return first
        }
    }

    private func transfer(_ url: URL, _ headers: [String: String], _ limitBytes: Int) async throws -> Fetched {
        var request = URLRequest(url: url)
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let task = session.dataTask(with: request)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                delegate.begin(task, limitBytes, continuation)
                if Task.isCancelled { task.cancel() }
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
    }
}

/// Collects what arrives for each transfer and ends it at its limit.
private final class FetchDelegate: NSObject, URLSessionDataDelegate, Sendable {
    private struct Transfer {
        let limitBytes: Int
        let continuation: CheckedContinuation<BoundedFetcher.Fetched, any Error>
        var fetched = BoundedFetcher.Fetched(status: 0, body: [], retryAfterSeconds: nil)
        var isTooLarge = false
    }

    private let transfers = Mutex<[Int: Transfer]>([:])

    func begin(
        _ task: URLSessionTask, _ limitBytes: Int,
        _ continuation: CheckedContinuation<BoundedFetcher.Fetched, any Error>
    ) {
        transfers.withLock { $0[task.taskIdentifier] = Transfer(limitBytes: limitBytes, continuation: continuation) }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let http = response as? HTTPURLResponse
        let announced = response.expectedContentLength
        let isTooLarge = transfers.withLock { transfers in
            guard var transfer = transfers[dataTask.taskIdentifier] else { return true }
            transfer.fetched.status = http?.statusCode ?? 0
            transfer.fetched.retryAfterSeconds = http?.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init)
            transfer.isTooLarge = announced > Int64(transfer.limitBytes)
            transfers[dataTask.taskIdentifier] = transfer
            return transfer.isTooLarge
        }
        completionHandler(isTooLarge ? .cancel : .allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = transfers.withLock { transfers in
            guard var transfer = transfers.removeValue(forKey: dataTask.taskIdentifier) else { return true }
            if transfer.fetched.body.count + data.count > transfer.limitBytes {
                transfer.isTooLarge = true
                transfer.fetched.body = []
            } else if !transfer.isTooLarge {
                transfer.fetched.body.append(contentsOf: data)
            }
            transfers[dataTask.taskIdentifier] = transfer
            return transfer.isTooLarge
        }
        if isTooLarge { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // Another address was never configured by anybody; the redirect itself is the answer.
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let transfer = transfers.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        if transfer.isTooLarge {
            transfer.continuation.resume(throwing: BoundedFetcher.Refusal.tooLarge)
        } else if let error = error as? URLError {
            switch error.code {
            case .timedOut: transfer.continuation.resume(throwing: BoundedFetcher.Refusal.timeout)
            case .cancelled: transfer.continuation.resume(throwing: CancellationError())
            default: transfer.continuation.resume(throwing: BoundedFetcher.Refusal.broken("\(error.code)"))
            }
        } else if let error {
            transfer.continuation.resume(throwing: BoundedFetcher.Refusal.broken("\(error)"))
        } else {
            transfer.continuation.resume(returning: transfer.fetched)
        }
    }
}
