using System.Reflection;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Feeds;

/// <summary>The feed of a case: the class in this namespace that is named after the case, with the suffix <c>Feed</c>.</summary>
internal sealed class CaseFeeding
{
    private readonly Type _feed;
    private readonly FeedingAttribute _feeding;

    private CaseFeeding(Type feed, FeedingAttribute feeding) => (_feed, _feeding) = (feed, feeding);

    /// <inheritdoc cref="FeedingAttribute.Neighbours" />
    public IReadOnlyList<string> Neighbours => _feeding.Neighbours;

    /// <inheritdoc cref="FeedingAttribute.Capacity" />
    public int Capacity => _feeding.Capacity;

    /// <inheritdoc cref="FeedingAttribute.Window" />
    public int Window => _feeding.Window;

    /// <inheritdoc cref="FeedingAttribute.IsTimed" />
    public bool IsTimed => _feeding.IsTimed;

    /// <summary>The operations after which the bounded variants are full.</summary>
    public int WarmUp => Capacity > 0 ? Capacity + Window : 0;

    /// <summary>Finds the feed of a case.</summary>
    /// <exception cref="LabException">The case has no feed.</exception>
    public static CaseFeeding Of(CaseStudy study)
        => typeof(CaseFeeding).Assembly.GetType($"{typeof(CaseFeeding).Namespace}.{study.Id}Feed") is { } feed
            && feed.GetCustomAttribute<FeedingAttribute>() is { } feeding
            ? new CaseFeeding(feed, feeding)
            : throw new LabException($"There is no proof of {study.Id} yet.");

    /// <summary>Creates the feed of one variant.</summary>
    public ICaseFeed Create(ProofTarget target) => (ICaseFeed)Activator.CreateInstance(_feed, target)!;
}
