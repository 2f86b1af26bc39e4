using Microsoft.EntityFrameworkCore;

namespace Foreign.Leaks;

public class Book
{
    public int Id { get; set; }
    public int Pages { get; set; }
    public string Title { get; set; } = "";
}

public class LibraryDb : DbContext
{
    public DbSet<Book> Books => Set<Book>();
}

public class Librarian(LibraryDb library)
{
    public Book? Find(int id) => library.Books.Find(id);
}

public static class LibraryModule
{
    public static void AddLibrary(IServiceCollection services) => services.AddSingleton<Librarian>();
}
