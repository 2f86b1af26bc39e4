using Microsoft.EntityFrameworkCore;

namespace Foreign.Later.Defects;

public sealed class BookShelf(DbContext library)
{
    public async Task<bool> Discard(object book)
    {
        library.Remove(book);
        var rows = await library.SaveChangesAsync();
        return !(rows < 1);
    }
}
