namespace Foreign.Leaks;

public class TemplateCache
{
    private static readonly Lazy<Dictionary<string, string>> Compiled = new(() => new Dictionary<string, string>());

    public string Render(string template, string user)
    {
        var key = template + "/" + user;
        if (Compiled.Value.TryGetValue(key, out var page))
            return page;
        return Compiled.Value[key] = template.Replace("{user}", user);
    }
}
