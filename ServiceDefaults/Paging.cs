using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults;

/// <summary>Keyset pagination, with the same limits in all services.</summary>
public static class Paging
{
    /// <summary>The default size of a page.</summary>
    public const int DefaultSize = 50;

    /// <summary>The maximum size of a page.</summary>
    public const int MaxSize = 100;

    /// <summary>Reads a page from ordered rows that start after the previous page.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="size">The page's size.</param>
    /// <param name="key">The row's key, which becomes <see cref="Page{T}.Next"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<Page<T>> ToPageAsync<T>(
        this IQueryable<T> rows, int size, Func<T, Guid> key, CancellationToken cancellationToken)
    {
        // One additional row shows whether there is a next page.
        var read = await rows.Take(size + 1).ToListAsync(cancellationToken);
        return read.Count > size ? new Page<T>(read[..size], key(read[size - 1])) : new Page<T>(read, null);
    }
}
