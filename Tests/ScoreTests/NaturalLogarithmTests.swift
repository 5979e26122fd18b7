import Foundation
import Score
import Testing

/// Vectors of 60 digits, made by `Tests/Vectors/score/logarithm_vectors.py`.
@Suite struct NaturalLogarithmTests {
    struct Vector {
        let function: String
        let argument: Double
        /// The double nearest to the true result, and how far the truth lies from it in units of its last place.
        let nearest: Double
        let rest: Double
    }

    static func vectors() throws -> [Vector] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors/score/logarithm.csv")
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ",").map(String.init)
            guard fields.count == 4, let argument = Double(fields[1]), let nearest = Double(fields[2]),
                let rest = Double(fields[3])
            else { return nil }
            return Vector(function: fields[0], argument: argument, nearest: nearest, rest: rest)
        }
    }

    @Test("Logarithm and exponential stay below one unit in the last place of the true value")
    func errorBelowOneUlp() throws {
        let vectors = try Self.vectors()
        #expect(vectors.count == 1003)
        var worst: [String: Double] = [:]
        for vector in vectors {
            let isLog = vector.function == "ln"
            let result =
                isLog ? NaturalLogarithm.of(vector.argument) : NaturalLogarithm.exponential(vector.argument)
            let error = abs((result - vector.nearest) / vector.nearest.ulp - vector.rest)
            worst[vector.function] = max(worst[vector.function] ?? 0, error)
            #expect(error < 1, "\(vector.function)(\(vector.argument)): \(error) ulp")
        }
        #expect((worst["ln"] ?? 1) < 0.6)
        #expect((worst["exp"] ?? 1) < 0.9)
    }

    @Test("The edges of the domain are those of the function")
    func edges() {
        #expect(NaturalLogarithm.of(0) == -.infinity)
        #expect(NaturalLogarithm.of(-1).isNaN)
        #expect(NaturalLogarithm.of(.nan).isNaN)
        #expect(NaturalLogarithm.of(.infinity) == .infinity)
        #expect(NaturalLogarithm.of(1) == 0)
        #expect(NaturalLogarithm.exponential(0) == 1)
        #expect(NaturalLogarithm.exponential(1000) == .infinity)
        #expect(NaturalLogarithm.exponential(-1000) == 0)
    }
}
