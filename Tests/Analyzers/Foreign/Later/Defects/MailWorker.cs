using System.Collections.Concurrent;

namespace Foreign.Later.Defects;

public sealed class MailWorker(BlockingCollection<string> mails, Action<string> send)
{
    public void Run()
    {
        foreach (var mail in mails.GetConsumingEnumerable())
        {
            try
            {
                send(mail);
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                Console.Error.WriteLine(problem.Message);
            }
        }
    }
}
