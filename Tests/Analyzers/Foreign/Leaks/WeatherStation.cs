namespace Foreign.Leaks;

public class WeatherStation
{
    public async Task<string> ForecastAsync(string city)
    {
        using (var http = new HttpClient(new HttpClientHandler()))
        {
            http.DefaultRequestHeaders.Add("Accept", "text/plain");
            return await http.GetStringAsync("https://weather.example/" + city);
        }
    }
}
