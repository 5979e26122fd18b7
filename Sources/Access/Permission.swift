/// One thing that can be done. Routes and pages ask for permissions, never for roles.
public enum Permission: String, Sendable, Hashable, CaseIterable {
    // Without signing in.
    /// What is published: result, method, the log of digests, problem pages.
    case readPublic = "public.read"

    // The round.
    /// The state, dates and scheme of a round that is not published.
    case readRound = "round.read"
    /// Create and prepare a round, open and close its stages.
    case runRound = "round.run"
    /// What needs an approver: publish, suspend, cancel, confirm the scheme's defaults.
    case decideRound = "round.decide"

    // Platforms, submissions and cells, within reach.
    case readPlatform = "platform.read"
    case registerPlatform = "platform.register"
    /// Declared and verified values, evidence, item lists.
    case readCell = "cell.read"
    case declareCell = "cell.declare"
    case submitSubmission = "submission.submit"
    case checkCounty = "submission.check-county"
    case checkCity = "submission.check-city"
    case recommend = "submission.recommend"
    case checkFormally = "submission.check-formally"
    /// Set when submissions of a region may be handed in.
    case setWindow = "window.set"
    /// Give a verified value.
    case verifyCell = "cell.verify"
    case returnCell = "cell.return"
    case readMarks = "mark.read"
    case giveMark = "mark.give"
    /// One's own list of cases, before it is known which platforms are in it.
    case readCases = "mark.read-cases"
    /// The pool of experts, their draws, replacements and reminders.
    case keepExperts = "expert.keep"
    case settle = "panel.settle"
    /// Objections without who raised them.
    case readObjections = "objection.read"
    /// Who raised an objection, in clear.
    case readObjector = "objector.read"

    // Verification by sample and the check on site.
    /// Freeze and draw lists, write their results, assign verifiers.
    case runSampling = "sample.run"
    /// Drawn rows with their proof.
    case readSample = "sample.read"
    /// Say of a drawn row whether it counts: the office of the row's city, or who is assigned.
    case judgeSample = "sample.judge"
    /// Keep and sign the record of a check on site.
    case checkSite = "site.check"

    // Port.
    case readPort = "port.read"
    case managePortKeys = "port-key.manage"

    // Lists, registry, computation.
    case readList = "list.read"
    case importList = "list.import"
    case runMatching = "matching.run"
    case readComputation = "computation.read"
    case runComputation = "computation.run"
    /// Ranks, points and sheets before they are published, of all platforms.
    case readDraftResult = "result.read-draft"

    // The three administrators.
    /// Create accounts.
    case manageAccounts = "account.manage"
    case readAccounts = "account.read"
    /// Lock and unlock accounts, end anybody's sessions.
    case secureAccounts = "account.secure"
    /// Reasons and payloads behind the log's digests.
    case readAudit = "audit.read"

    // Personal data.
    /// Read personal fields in clear, each time with a reason and an entry.
    case readPersonal = "personal.read"
    /// What row-level data is held and when it is deleted.
    case readRetention = "retention.read"

    // One's own account.
    case useOwnAccount = "account.own"
}
