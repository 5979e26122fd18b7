import Vocabulary

/// What a platform has: nodes, models, apps, users, developers, subscriptions, customers — as changes, sent when the
/// platform connects.
struct StockSegments {
    let plan: PortPlan
    let stamps: RecordStamps
    let field: DemonstrationField

    func all() -> [RecordSegment] {
        [nodes(), models(), apps(), users(), cancelledUsers(), developers()].filter { $0.count > 0 }
            + subscriptions() + [companies()].filter { $0.count > 0 }
    }

    /// The second at which the thing with the number came to be: within the year before the first month in which the
    /// platform is connected, so that it stands on every day that is counted.
    private func born(_ number: Int, _ salt: UInt64) -> Int {
        let first = (plan.months.first ?? plan.portMonths[0]).firstDay
        // A platform connected late brings what it has on its first day, and nothing of the time before.
        if plan.platform.cheat == .connectedLate { return stamps.seconds(first, UInt64(number)) }
        let drawn = Mixing.hash(plan.secret ^ salt, UInt64(number))
        return stamps.seconds(first.adding(days: -1 - Int(drawn % 240)), drawn >> 16)
    }

    private func nodes() -> RecordSegment {
        let (plan, nodes) = (plan, plan.nodes)
        return RecordSegment(count: nodes.count) { place, line in
            line.begin("node")
            line.field("id", prefix: "N\(plan.platform.index + 1)-", place, digits: 5)
            line.field("ts", born(place, 1))
            line.field("op", literal: "add")
            line.field("vcpu", nodes[place].cores)
            line.field("storage_bytes", nodes[place].storageBytes)
            line.field("cloud", literal: place % 3 == 0 ? "private" : "public")
            line.end()
        }
    }

    /// Models: the mechanism models that are called, then some that never are, then other kinds.
    private func models() -> RecordSegment {
        let plan = plan
        let (uncalled, others) = (plan.models / 10, plan.otherModels)
        let kinds = field.scheme.dictionary("model-kinds")?.entries.map(\.code) ?? []
        let mechanism = kinds.first { $0.contains("mechanism") } ?? kinds.first ?? "mechanism"
        let rest = kinds.filter { $0 != mechanism }
        let book = field.book
        return RecordSegment(count: plan.models + uncalled + others) { place, line in
            line.begin("model")
            line.field("id", prefix: "M\(plan.platform.index + 1)-", place, digits: 6)
            line.field("ts", born(place, 2))
            line.field("op", literal: "add")
            let isMechanism = place < plan.models + uncalled || rest.isEmpty
            line.field("model_kind", isMechanism ? mechanism : rest[place % max(1, rest.count)])
            let drawn = Mixing.hash(plan.secret ^ 0x30DE1, UInt64(place))
            line.field("title", book.entry(book.subjects, drawn) + book.entry(book.modelTitles, drawn >> 16))
            line.end()
        }
    }

    /// Apps: live ones first, then published ones that nobody uses, then a few withdrawn.
    private func apps() -> RecordSegment {
        let plan = plan
        let (idle, withdrawn) = (plan.apps / 7, plan.apps / 40)
        let book = field.book
        let stamps = stamps
        let published = plan.apps + idle + withdrawn
        return RecordSegment(count: published + withdrawn) { place, line in
            let app = place < published ? place : place - withdrawn
            line.begin("app")
            line.field("id", prefix: "A\(plan.platform.index + 1)-", app, digits: 6)
            // Withdrawal follows on publication, within the same day.
            line.field("ts", born(app, 3) + (place < published ? 0 : 3600))
            line.field("op", literal: place < published ? "add" : "remove")
            if place < published {
                let drawn = Mixing.hash(plan.secret ^ 0xA99, UInt64(place))
                if !stamps.industries.isEmpty {
                    line.field("industry", stamps.industries[Int(drawn >> 40) % stamps.industries.count])
                }
                if !stamps.scenarios.isEmpty {
                    line.field("scenario", stamps.scenarios[Int(drawn >> 30) % stamps.scenarios.count])
                }
                line.field("title", book.entry(book.subjects, drawn) + book.entry(book.appTitles, drawn >> 16))
            }
            line.end()
        }
    }

    private func users() -> RecordSegment {
        let plan = plan
        return RecordSegment(count: plan.users) { place, line in
            line.begin("user")
            line.field("id", keyed: UInt64(place), secret: plan.secret)
            line.field("ts", born(place, 4))
            line.field("op", literal: "add")
            line.end()
        }
    }

    /// Registered and cancelled again: they do not count.
    private func cancelledUsers() -> RecordSegment {
        let plan = plan
        return RecordSegment(count: plan.users / 50 * 2) { place, line in
            let user = plan.users + place / 2
            line.begin("user")
            line.field("id", keyed: UInt64(user), secret: plan.secret)
            line.field("ts", born(user, 4) + (place % 2) * 1800)
            line.field("op", literal: place % 2 == 0 ? "add" : "remove")
            line.end()
        }
    }

    /// Registered people with an act of development in the data year.
    private func developers() -> RecordSegment {
        let plan = plan
        let stamps = stamps
        let year = CivilMonth(year: stamps.dataYear, month: 1).firstDay
        return RecordSegment(count: plan.developers) { place, line in
            let drawn = Mixing.hash(plan.secret ^ 0xDE7, UInt64(place))
            let late = plan.platform.cheat == .connectedLate
            line.begin("developer")
            line.field("id", keyed: UInt64(place), secret: plan.secret ^ 0xDE7)
            line.field(
                "ts", late ? born(place, 5) : stamps.seconds(year.adding(days: Int(drawn % 360)), drawn >> 16))
            line.field("op", literal: "add")
            switch drawn >> 60 {
            case 0...5: line.field("act", literal: "commit")
            case 6...10: line.field("act", literal: "build")
            case 11...13: line.field("act", literal: "tool-call")
            default: line.field("act", literal: "publication")
            }
            line.end()
        }
    }

    /// One segment for every app with subscribers: consecutive users from a place of its own, so that no pair repeats.
    private func subscriptions() -> [RecordSegment] {
        let plan = plan
        return plan.subscribers.enumerated().filter { $0.element > 0 }.map { app, count in
            let start = plan.firstSubscriber(of: app)
            return RecordSegment(count: count) { place, line in
                line.begin("subscription")
                line.field("app", prefix: "A\(plan.platform.index + 1)-", app, digits: 6)
                line.field("user", keyed: UInt64((start + place) % plan.users), secret: plan.secret)
                line.field("ts", born(app * 31 + place, 6))
                line.field("op", literal: "add")
                line.end()
            }
        }
    }

    private func companies() -> RecordSegment {
        let (plan, universe) = (plan, field.universe)
        let count = min(400, plan.platform.figures.companies)
        return RecordSegment(count: count) { place, line in
            guard let company = universe.company(universe.customer(of: plan.platform.index, place)) else { return }
            line.begin("company")
            line.field("code", company.code.text)
            line.field("ts", born(place, 7))
            line.field("op", literal: "add")
            line.end()
        }
    }
}
