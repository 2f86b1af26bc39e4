namespace Shop.ServiceDefaults;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Pass it as <c>after</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Guid? Next);
