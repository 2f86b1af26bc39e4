namespace Shop.Lab.Proof.Measuring;

/// <summary>What the diagnosis called a leak in a service, which nothing had told it.</summary>
/// <param name="Found">The retention path of each leak, most bytes first.</param>
/// <param name="Expected">The catalogue's; null of a variant that retains nothing.</param>
internal sealed record NamedRoots(IReadOnlyList<string> Found, string? Expected)
{
    /// <summary>Whether it named the catalogue's path, which it may follow further on, and accused nothing else.</summary>
    public bool AreAsExpected
        => Expected is null ? Found.Count == 0 : Found is [var only] && only.StartsWith(Expected, StringComparison.Ordinal);

    public override string ToString() => Found.Count == 0 ? "no leak named" : $"named {string.Join("; ", Found)}";
}
