namespace Shop.ServiceDefaults.Cases;

/// <summary>The article that reported the incident of a case.</summary>
/// <param name="File">The number of the article.</param>
/// <param name="Title">The title of the article.</param>
/// <param name="Section">The section about the incident.</param>
/// <param name="Claim">The figures that the article reports.</param>
/// <param name="IsSlow">Whether the article also reports slower requests.</param>
public sealed record CaseArticle(string File, string Title, string Section, string Claim, bool IsSlow = false);
