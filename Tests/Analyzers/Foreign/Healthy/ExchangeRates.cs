namespace Foreign.Healthy;

public static class ExchangeRates
{
    private const int Most = 500;
    private static readonly Dictionary<string, decimal> Rates = [];

    public static void Put(string pair, decimal rate)
    {
        lock (Rates)
        {
            if (Rates.Count >= Most)
                Rates.Clear();
            Rates[pair] = rate;
        }
    }
}
