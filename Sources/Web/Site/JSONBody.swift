import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// JSON in and out, with errors that name the field.
public enum JSONBody {
    /// Keys sorted, slashes plain: the same value gives the same bytes.
    /// - Throws: `web.not_encodable` for a value that JSON has no form for, such as an infinite figure: a fault of ours.
    public static func encode(_ value: some Encodable) throws(Failure) -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return ByteBuffer(data: try encoder.encode(value)) } catch {
            throw Failure("web.not_encodable", cause: error)
        }
    }

    /// Decodes the request's body.
    /// - Throws: `web.body_too_large` (limit in bytes), `web.body_not_json`, `web.body_invalid` with the field's path.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from request: Request, limitBytes: Int = 1 << 20
    ) async throws -> Value {
        let buffer = try await collect(request, limitBytes: limitBytes)
        let data = Data(buffer: buffer)
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let DecodingError.keyNotFound(key, context) {
            throw invalid(context.codingPath + [key], "missing")
        } catch let DecodingError.typeMismatch(_, context) {
            throw invalid(context.codingPath, "type")
        } catch let DecodingError.valueNotFound(_, context) {
            throw invalid(context.codingPath, "missing")
        } catch let DecodingError.dataCorrupted(context) where !context.codingPath.isEmpty {
            throw invalid(context.codingPath, "value")
        } catch {
            throw Failure("web.body_not_json", cause: error)
        }
    }

    /// The whole body, bounded.
    /// - Throws: `web.body_too_large`.
    public static func collect(_ request: Request, limitBytes: Int) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limitBytes {
            throw tooLarge(limitBytes)
        }
        do {
            return try await request.body.collect(upTo: limitBytes)
        } catch is NIOTooManyBytesError {
            throw tooLarge(limitBytes)
        }
    }

    private static func tooLarge(_ limitBytes: Int) -> Failure {
        Failure("web.body_too_large", ["limit": "\(limitBytes / 1024) KiB"])
    }

    private static func invalid(_ path: [any CodingKey], _ why: String) -> Failure {
        let field = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        return Failure(
            "web.body_invalid", ["field": field],
            findings: [Finding(.error, "web.field_\(why)", at: field, ["field": field])])
    }
}

extension Response {
    /// A JSON answer, never cached unless said otherwise.
    public static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, headers extra: HTTPFields = [:]
    ) -> Response {
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        for field in extra { headers[field.name] = field.value }
        do {
            return Response(status: status, headers: headers, body: .init(byteBuffer: try JSONBody.encode(value)))
        } catch {
            // Never an empty answer that reads like a good one.
            headers[.contentType] = "application/problem+json"
            let problem =
                #"{"type":"/problems/web.not_encodable","title":"500","status":500,"code":"web.not_encodable"}"#
            return Response(
                status: .internalServerError, headers: headers, body: .init(byteBuffer: ByteBuffer(string: problem)))
        }
    }

    /// Text of any kind.
    public static func text(
        _ text: String, type: String = "text/plain; charset=utf-8", status: HTTPResponse.Status = .ok,
        headers extra: HTTPFields = [:]
    ) -> Response {
        var headers: HTTPFields = [.contentType: type, .cacheControl: "no-store"]
        for field in extra { headers[field.name] = field.value }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// 303 after a form was accepted.
    public static func seeOther(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address, .cacheControl: "no-store"])
    }
}
