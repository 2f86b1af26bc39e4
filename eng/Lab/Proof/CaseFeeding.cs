using Shop.Lab.Proof.Feeds;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof;

/// <summary>How the proof feeds each case.</summary>
internal sealed record CaseFeeding
{
    private static readonly Dictionary<CaseStudy, CaseFeeding> All = new()
    {
        [CaseCatalog.OrderEvents] = new() { Neighbours = ["sessions"], Capacity = 50, Create = target => new OrderEventsFeed(target) },
        [CaseCatalog.PaymentPayload] = new() { Neighbours = ["sessions", "gateway"], Window = 40, Create = target => new PaymentPayloadFeed(target) },
        [CaseCatalog.DocumentCache] = new() { Neighbours = ["sessions"], Capacity = 50, Window = 1_000, Create = target => new DocumentCacheFeed(target) },
        [CaseCatalog.DocumentEvents] = new() { Neighbours = ["sessions"], Create = target => new DocumentEventsFeed(target) },
        [CaseCatalog.SessionStore] = new() { Capacity = 50, Create = target => new SessionStoreFeed(target) },
    };

    /// <summary>Makes the feed of one variant.</summary>
    public required Func<ProofTarget, ICaseFeed> Create { get; init; }

    /// <summary>The services that the case's service talks to, each before those that need it.</summary>
    public string[] Neighbours { get; init; } = [];

    /// <summary>Entries that the bounded variants hold, fewer than in production: the warm-up fills them, so that what is measured afterwards is growth and not filling.</summary>
    public int? Capacity { get; init; }

    /// <summary>Operations in one window.</summary>
    public int Window { get; init; } = 300;

    /// <summary>The feeding of a case.</summary>
    /// <exception cref="LabException">The proof does not know it yet.</exception>
    public static CaseFeeding Of(CaseStudy study) => All.GetValueOrDefault(study) ?? throw new LabException($"There is no proof of {study.Id} yet.");
}
