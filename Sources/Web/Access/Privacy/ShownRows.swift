import Review
import Scheme
import Submit

extension CellAccess {
    /// The rows as the reader may see them: in clear to the company that typed them, with personal fields masked to
    /// everybody else. Who must read them asks for it with a reason, and leaves an entry.
    func shown(_ rows: [ItemRow], of indicator: Indicator) -> [ItemRow] {
        let personal = indicator.personalFields
        if personal.isEmpty || principal.company == participation.company.code.text { return rows }
        return rows.map { PersonalMask.masked($0, personal: personal) }
    }
}
