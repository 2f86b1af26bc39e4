using Microsoft.EntityFrameworkCore;

namespace Foreign.Leaks;

public class Article
{
    public int Id { get; set; }
    public int Words { get; set; }
}

public class PressDb : DbContext
{
    public DbSet<Article> Articles { get; set; } = null!;
}

public class PageStatistics
{
    public async Task<double> AverageAsync(PressDb press)
    {
        var articles = await press.Articles.Where(article => article.Words > 0).ToArrayAsync();
        return articles.Length == 0 ? 0 : articles.Average(article => article.Words);
    }

    public IReadOnlyList<Article> All(PressDb press) => press.Articles.OrderBy(article => article.Id).ToList();
}
