namespace Foreign.Leaks;

public static class TranslationMemory
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Translate(string sentence, Func<string, string> engine)
    {
        lock (Known)
        {
            if (!Known.ContainsKey(sentence))
                Known.Add(sentence, engine(sentence));
            return Known[sentence];
        }
    }
}
