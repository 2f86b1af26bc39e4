using Microsoft.EntityFrameworkCore;

namespace Shop.ServiceDefaults;

/// <summary>Pages by key, with the same bounds in all services.</summary>
public static class Paging
{
    /// <summary>The size of a page where the caller names none.</summary>
    public const int DefaultSize = 50;

    /// <summary>The largest size that a caller may ask for.</summary>
    public const int MaxSize = 100;

    /// <summary>Reads a page from ordered rows that begin behind the previous page.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="size">The page's size.</param>
    /// <param name="key">The row's key, by which the next page is asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> rows, int size, Func<T, Guid> key, CancellationToken cancellationToken)
    {
        // One row more than the page shows whether there is a next one.
        var read = await rows.Take(size + 1).ToListAsync(cancellationToken);
        return read.Count > size ? new Page<T>(read[..size], key(read[size - 1])) : new Page<T>(read, null);
    }
}
