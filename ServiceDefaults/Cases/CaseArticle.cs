namespace Shop.ServiceDefaults.Cases;

/// <summary>The article that reported the incident of a case.</summary>
/// <param name="Title">The title of the article.</param>
/// <param name="Section">The section about the incident.</param>
/// <param name="Claim">The figures that the article reports.</param>
/// <param name="Author">The author; null if the article does not name one.</param>
/// <param name="IsSlow">Whether the article also reports slower requests.</param>
public sealed record CaseArticle(string Title, string Section, string Claim, string? Author = null, bool IsSlow = false)
{
    /// <summary>The article as it is cited: the title, the author where known, the section.</summary>
    public string Citation => $"\"{Title}\"{(Author is null ? "" : $" by {Author}")}, \"{Section}\"";
}
