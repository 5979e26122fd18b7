import Foundation
import Vocabulary

/// The parts that invented names, titles and people are put together from; data, not code.
struct NameBook: Sendable, Decodable {
    struct City: Sendable, Decodable, Hashable {
        /// GB/T 2260.
        var code: String
        /// The full name of the city.
        var name: String
        /// The short name, as company names begin.
        var short: String
        /// How many platforms live there, relative to the others.
        var weight: Int
    }

    var cities: [City]
    var tradeFirst: [String]
    var tradeSecond: [String]
    var tradeThird: [String]
    var operatorLines: [String]
    var operatorForms: [String]
    var platformLines: [String]
    /// Added to the trade name in a platform's short name.
    var aliasSuffix: String
    var customerLines: [String]
    var customerForms: [String]
    var surnames: [String]
    var givenNames: [String]
    var subjects: [String]
    var solutionKinds: [String]
    var modelKinds: [String]
    var modelTitles: [String]
    var appTitles: [String]
    var inventionKinds: [String]
    var softwareKinds: [String]
    var standardKinds: [String]
    var parkKinds: [String]
    var carbonKinds: [String]
    var regionKinds: [String]
    var overseasKinds: [String]
    var diagnosisKinds: [String]
    var evidence: [String: String]
    var countries: [String]
    var investors: [String]
    var departments: [String]
    var positions: [String]
    var institutes: [String]
    /// Who asks for regional work.
    var client: String
    var caseSummaries: [String]
    var otherPlatform: String
    var listPrefix: String
    var listDocument: String
    var listColumns: [String]
    var registryColumns: [String]

    /// The embedded book.
    /// - Throws: `demo.data_unreadable` when the embedded file is damaged.
    static func embedded() throws -> NameBook {
        do {
            return try JSONDecoder().decode(NameBook.self, from: Data(PackageResources.names_json))
        } catch {
            throw Failure("demo.data_unreadable", ["file": "names.json"], cause: error)
        }
    }

    /// A city, drawn by weight.
    func city(_ generator: inout SeededGenerator) -> City {
        var rest = generator.below(cities.reduce(0) { $0 + $1.weight })
        for city in cities {
            rest -= city.weight
            if rest < 0 { return city }
        }
        return cities[0]
    }

    /// The entry that belongs to a number, the same each time.
    func entry(_ list: [String], _ number: UInt64) -> String {
        list.isEmpty ? "" : list[Int(number % UInt64(list.count))]
    }

    /// A person's name that belongs to a number.
    func person(_ number: UInt64) -> String {
        entry(surnames, number) + entry(givenNames, number / 64)
    }
}
