using Shop.Lab.Diagnosis.Graph;

namespace Shop.Lab.Diagnosis.Growth;

/// <summary>
/// The field of the program's own code that all of a growth is reached by. What the framework makes of it inside, e.g. the maps of a
/// context's change tracker, grows in several places and is one leak.
/// </summary>
/// <param name="Holder">The innermost object of a type that is not the framework's; the root if there is none.</param>
/// <param name="Field">Its field.</param>
internal readonly record struct Owner(PathNode Holder, string Field)
{
    /// <summary>The owner of what accumulates in a node.</summary>
    public static Owner Of(PathNode node)
    {
        var field = node;
        for (var holder = node.Parent; holder is not null; (field, holder) = (holder, holder.Parent))
        {
            if (holder.Parent is null || !Frameworks.Contain(holder.Type))
                return new(holder, field.Edge);
        }
        return new(node, "");
    }
}
