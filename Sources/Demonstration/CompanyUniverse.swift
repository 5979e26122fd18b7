import Vocabulary

/// The invented companies of the province: customers of the platforms, each with a name, a city and a valid code.
///
/// A company is computed from its number, so that a list of any length costs no memory and two platforms that serve
/// the same company name it alike.
struct CompanyUniverse: Sendable {
    /// A prime, so that any stride visits every company once.
    static let count = 120_011

    let seed: UInt64
    let book: NameBook

    /// One company.
    struct Company: Sendable, Hashable {
        var code: CompanyCode
        var name: String
        var city: NameBook.City
    }

    /// The company with the number, which is taken modulo `count`.
    func company(_ number: Int) -> Company? {
        let place = number % CompanyUniverse.count
        let drawn = Mixing.hash(seed, UInt64(place))
        var generator = SeededGenerator(seed: drawn, stream: "company")
        let city = book.city(&generator)
        guard let code = CompanyUniverse.code(city: city.code, number: UInt64(place), seed: seed) else { return nil }
        let trade =
            book.entry(book.tradeFirst, drawn >> 8) + book.entry(book.tradeSecond, drawn >> 20)
            + book.entry(book.tradeFirst, drawn >> 32)
        let name =
            city.short + trade + book.entry(book.customerLines, drawn >> 44)
            + book.entry(book.customerForms, drawn >> 54)
        return Company(code: code, name: name, city: city)
    }

    /// The number of the `index`-th customer of a platform; distinct for distinct indexes below `count`.
    func customer(of platform: Int, _ index: Int) -> Int {
        let drawn = Mixing.hash(seed &+ 77, UInt64(platform))
        let start = Int(drawn % UInt64(CompanyUniverse.count))
        let stride = 1 + Int((drawn >> 32) % UInt64(CompanyUniverse.count - 1))
        return (start + index * stride) % CompanyUniverse.count
    }

    /// A code of a company registered in the city, distinct for distinct numbers: the organisation code's last six
    /// characters are the number, scattered over the space by a multiplication.
    static func code(city: String, number: UInt64, seed: UInt64) -> CompanyCode? {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        let space: UInt64 = 887_503_681  // 31^6
        // 31 does not divide the multiplier, so that it permutes the space.
        var rest = (number &* 15_485_863 &+ seed % space) % space
        var characters: [UInt8] = []
        for _ in 0..<6 {
            characters.append(alphabet[Int(rest % 31)])
            rest /= 31
        }
        return CompanyCode.completing("91\(city)MA" + String(decoding: characters, as: UTF8.self))
    }
}
