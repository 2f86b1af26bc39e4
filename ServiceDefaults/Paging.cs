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
        var read = await rows.Take(RowsToRead(size)).ToListAsync(cancellationToken);
        return read.ToPage(size, key);
    }

    /// <summary>The number of rows to read for a page: one additional row shows whether there is a next page.</summary>
    public static int RowsToRead(int size) => size + 1;

    /// <summary>Makes a page of the rows that were read for it.</summary>
    /// <param name="read">At most <see cref="RowsToRead"/> rows.</param>
    /// <param name="size">The page's size.</param>
    /// <param name="key">The row's key, which becomes <see cref="Page{T}.Next"/>.</param>
    public static Page<T> ToPage<T>(this List<T> read, int size, Func<T, Guid> key)
        => read.Count > size ? new Page<T>(read[..size], key(read[size - 1])) : new Page<T>(read, null);
}
