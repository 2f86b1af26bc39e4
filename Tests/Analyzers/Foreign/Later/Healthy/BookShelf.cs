using Microsoft.EntityFrameworkCore;

namespace Foreign.Later.Healthy;

public sealed class BookShelf(DbContext library)
{
    public async Task<bool> Discard(IEnumerable<object> books)
    {
        library.RemoveRange(books);
        var rows = await library.SaveChangesAsync();
        return !(rows < 1);
    }
}
