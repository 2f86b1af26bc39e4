namespace Foreign.Healthy;

public sealed class CountryNames
{
    private readonly Dictionary<string, string> names = new();

    public CountryNames(IEnumerable<(string Code, string Name)> all)
    {
        foreach (var (code, name) in all)
            names[code] = name;
    }

    public string? Find(string code) => names.GetValueOrDefault(code);
}

public static class CountryModule
{
    public static void Add(IServiceCollection services) => services.AddSingleton<CountryNames>();
}
