/// How large a figure is over the field: log-normal, by its median and by how many times that the largest platform is.
struct Magnitude: Sendable {
    /// A key of `Field`: devices, points, cores ….
    var name: String
    var median: Double
    /// The largest platform's figure ÷ median.
    var top: Double
    /// How closely the figure follows the platform's size, 0…1.
    var correlation: Double

    /// Medians of a provincial field as the order for the demonstration names them; the tops lie at 100–300 times.
    static let all: [Magnitude] = [
        Magnitude(name: "devices", median: 8000, top: 250, correlation: 0.90),
        Magnitude(name: "points", median: 60_000, top: 150, correlation: 0.93),
        Magnitude(name: "cores", median: 300, top: 150, correlation: 0.85),
        Magnitude(name: "terabytes", median: 20, top: 150, correlation: 0.85),
        Magnitude(name: "models", median: 60, top: 100, correlation: 0.80),
        Magnitude(name: "apps", median: 80, top: 120, correlation: 0.85),
        Magnitude(name: "solutions", median: 15, top: 100, correlation: 0.80),
        Magnitude(name: "companies", median: 250, top: 100, correlation: 0.88),
        Magnitude(name: "users", median: 3000, top: 200, correlation: 0.88),
        Magnitude(name: "developers", median: 60, top: 150, correlation: 0.80),
        Magnitude(name: "subscriptions", median: 1000, top: 300, correlation: 0.90),
        Magnitude(name: "revenue", median: 1500, top: 100, correlation: 0.90),
        Magnitude(name: "diagnosis", median: 20, top: 50, correlation: 0.80),
        Magnitude(name: "talent", median: 25, top: 30, correlation: 0.85),
        Magnitude(name: "ip", median: 40, top: 30, correlation: 0.80),
        Magnitude(name: "parks", median: 3, top: 12, correlation: 0.75),
    ]

    /// One figure a platform. The field holds exactly the quantiles of the distribution, given out in the order of
    /// size with noise, so that median and top do not hang on the luck of forty draws.
    /// - Parameter sizes: The platforms' size factors, nearly normal.
    func values(sizes: [Double], seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed, stream: "magnitude/\(name)")
        let noise = (1 - correlation * correlation).squareRoot()
        let latent = sizes.map { correlation * $0 + noise * generator.normal() }
        let order = latent.indices.sorted { (latent[$0], $0) < (latent[$1], $1) }
        let count = Double(sizes.count)
        let spread = ExactFunctions.logarithm(top) / ExactFunctions.normalQuantile((count - 0.5) / count)
        var result = [Double](repeating: 0, count: sizes.count)
        for (rank, platform) in order.enumerated() {
            let quantile = ExactFunctions.normalQuantile((Double(rank) + 0.5) / count)
            result[platform] = median * ExactFunctions.exponential(spread * quantile)
        }
        return result
    }
}
