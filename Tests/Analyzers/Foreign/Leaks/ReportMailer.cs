using System.Text;
using System.Text.Json;

namespace Foreign.Leaks;

public class ReportMailer(HttpClient http)
{
    public Task PostAsync(object report)
        => http.PostAsync("reports", new StringContent(JsonSerializer.Serialize(report), Encoding.UTF8, "application/json"));
}
