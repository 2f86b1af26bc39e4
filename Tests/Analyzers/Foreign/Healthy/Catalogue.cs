using Microsoft.EntityFrameworkCore;

namespace Foreign.Healthy;

public class Record
{
    public int Id { get; set; }
    public decimal Price { get; set; }
}

public class CatalogueDb(DbContextOptions<CatalogueDb> options) : DbContext(options)
{
    public DbSet<Record> Records => Set<Record>();
}

public class Catalogue(IDbContextFactory<CatalogueDb> contexts)
{
    public async Task<List<Record>> PageAsync(int after)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await db.Records.AsNoTracking().Where(record => record.Id > after).OrderBy(record => record.Id).Take(50).ToListAsync();
    }

    public async Task<decimal> TotalAsync()
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await db.Records.SumAsync(record => record.Price);
    }
}
