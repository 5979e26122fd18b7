import Vocabulary

/// Who used what in a month.
struct CallSegments {
    let plan: PortPlan
    let stamps: RecordStamps

    func all(in month: CivilMonth) -> [RecordSegment] {
        var segments = [appCalls(in: month)]
        if month == plan.months.last { segments += [loneAppCalls(in: month), modelCalls(in: month)] }
        return segments.filter { $0.count > 0 }
    }

    /// The first day of the month from `day` on that was not lost.
    private func kept(_ day: Int, in month: CivilMonth) -> CivilDay {
        month.firstDay.adding(days: (plan.isLost(day: day, in: month) ? 1 + day % 5 : day) - 1)
    }

    /// Every active user calls one of the wanted apps, on a day of his own.
    private func appCalls(in month: CivilMonth) -> RecordSegment {
        let plan = plan
        let stamps = stamps
        let start = Int(Mixing.hash(plan.secret, UInt64(month.month)) % UInt64(plan.users))
        let wanted = max(1, min(plan.apps, plan.subscribers.count { $0 > 0 }))
        return RecordSegment(count: plan.activeUsers(in: month)) { place, line in
            let drawn = Mixing.hash(plan.secret ^ UInt64(month.month * 77), UInt64(place))
            line.begin("call")
            line.field("app", prefix: "A\(plan.platform.index + 1)-", Int(drawn % UInt64(wanted)), digits: 6)
            line.field("user", keyed: UInt64((start + place) % plan.users), secret: plan.secret)
            // Working days carry most calls; the place spreads the first users over the whole month.
            let day = kept(1 + place % month.lengthInDays, in: month)
            line.field("ts", stamps.seconds(day, drawn >> 20))
            line.field("n", 1 + Int(drawn >> 50) % 60)
            line.end()
        }
    }

    /// Apps that live by calls alone are each called once, by somebody who is active anyway.
    private func loneAppCalls(in month: CivilMonth) -> RecordSegment {
        let plan = plan
        let stamps = stamps
        let first = plan.subscribers.firstIndex(of: 0) ?? plan.apps
        let start = Int(Mixing.hash(plan.secret, UInt64(month.month)) % UInt64(plan.users))
        let active = max(1, plan.activeUsers(in: month))
        return RecordSegment(count: max(0, plan.apps - first)) { place, line in
            let drawn = Mixing.hash(plan.secret ^ 0x10E, UInt64(place))
            line.begin("call")
            line.field("app", prefix: "A\(plan.platform.index + 1)-", first + place, digits: 6)
            line.field("user", keyed: UInt64((start + place % active) % plan.users), secret: plan.secret)
            line.field("ts", stamps.seconds(kept(1 + place % month.lengthInDays, in: month), drawn))
            line.field("n", 1)
            line.end()
        }
    }

    private func modelCalls(in month: CivilMonth) -> RecordSegment {
        let plan = plan
        let stamps = stamps
        let start = Int(Mixing.hash(plan.secret, UInt64(month.month)) % UInt64(plan.users))
        let active = max(1, plan.activeUsers(in: month))
        let uncalled = plan.models / 10
        return RecordSegment(count: plan.models + plan.otherModels) { place, line in
            let model = place < plan.models ? place : place + uncalled
            let drawn = Mixing.hash(plan.secret ^ 0x30D, UInt64(place))
            line.begin("call")
            line.field("model", prefix: "M\(plan.platform.index + 1)-", model, digits: 6)
            line.field("user", keyed: UInt64((start + place % active) % plan.users), secret: plan.secret)
            line.field("ts", stamps.seconds(kept(1 + place % month.lengthInDays, in: month), drawn))
            line.field("n", 1 + Int(drawn >> 40) % 500)
            line.end()
        }
    }
}
