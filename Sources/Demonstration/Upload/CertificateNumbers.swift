/// Numbers of certificates in their usual forms, valid in form and invented.
enum CertificateNumbers {
    /// ZL, year, kind, seven digits, check digit. Source: ZC 0006-2003 (weights 2…9, 2…5, mod 11).
    static func patent(year: Int, kind: Int, number: Int) -> String {
        let serial = String(number % 10_000_000)
        let digits = "\(year)\(kind)" + String(repeating: "0", count: 7 - serial.count) + serial
        let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
        let rest = zip(digits.utf8, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 } % 11
        return "ZL\(digits)." + (rest == 10 ? "X" : "\(rest)")
    }

    /// Year, SR, seven digits.
    static func softwareCopyright(year: Int, number: Int) -> String {
        let serial = String(number % 10_000_000)
        return "\(year)SR" + String(repeating: "0", count: 7 - serial.count) + serial
    }

    /// Eleven digits, optional suffix of five: region, number, year.
    static func securityFiling(region: String, number: Int) -> String {
        let serial = String(number % 100_000)
        return region + String(repeating: "0", count: 5 - serial.count) + serial + "-24001"
    }

    /// A number beyond those in use.
    static func standard(isNational: Bool, number: Int, year: Int) -> String {
        (isNational ? "GB/T " : "YD/T ") + "\(90_000 + number)-\(year)"
    }
}
