namespace Foreign.Leaks;

public sealed class RecentSearches
{
    private readonly LinkedList<string> terms = new();

    public void Remember(string term) => terms.AddFirst(term);

    public IEnumerable<string> Latest(int count) => terms.Take(count);
}

public static class SearchModule
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<RecentSearches>();
}
