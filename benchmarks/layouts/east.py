"""Languages of eastern Europe and of Turkey: two forms of family names, Greek and Cyrillic letters."""

from typing import Final

from benchmarks.layouts.speech import Speech, words

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),  # noqa: SIM905 - a table
        strict=True,
    )
)
GREEK_LATIN = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊ",
        "a v g d e z i th i k l m n x o p r s t y f ch ps o s a e i i o y o i".split(),  # noqa: SIM905 - a table
        strict=True,
    )
)


def from_cyrillic(text: str) -> str:
    """Latin letters of Russian ones."""
    return "".join(CYRILLIC.get(sign, sign) for sign in text.lower()).replace("_", "").title()


def from_greek(text: str) -> str:
    """Latin letters of Greek ones."""
    low = text.lower().replace("ου", "ou").replace("ού", "ou").replace("μπ", "b")
    return "".join(GREEK_LATIN.get(sign, sign) for sign in low).title()


def polish_woman(name: str) -> str:
    """Kowalski, Kowalska."""
    return f"{name[:-1]}a" if name.endswith(("ski", "cki", "dzki")) else name


def czech_woman(name: str) -> str:
    """Novák, Nováková."""
    if name.endswith("ý"):
        return f"{name[:-1]}á"
    if name.endswith(("ek", "ec")):
        return f"{name[:-2]}{name[-1]}ová"
    return f"{name[:-1]}ová" if name.endswith("a") else f"{name}ová"


def russian_woman(name: str) -> str:
    """Иванов, Иванова."""
    if name.endswith("ий"):
        return f"{name[:-2]}ая"
    return f"{name}а" if name.endswith(("ов", "ев", "ёв", "ин")) else name


def patronymic(father: str, *, woman: bool) -> str:
    """The name after the father, in Russian."""
    if father.endswith("ий"):
        return f"{father[:-2]}ь{'евна' if woman else 'евич'}"
    if father.endswith(("й", "ь")):
        return f"{father[:-1]}{'евна' if woman else 'евич'}"
    if father.endswith("а"):
        return f"{father[:-1]}{'ична' if woman else 'ич'}"
    return f"{father}{'овна' if woman else 'ович'}"


def greek_woman(name: str) -> str:
    """Παπαδόπουλος, Παπαδοπούλου."""
    if name.endswith("όπουλος"):
        return f"{name[:-7]}οπούλου"
    return name.removesuffix("ς")


POLISH: Final = Speech(
    women=words(
        "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Magdalena Joanna Zofia Monika Teresa"
        " Julia Aleksandra Karolina Paulina Łucja Wiktoria Halina Beata Dorota Grażyna Iwona Jadwiga Kinga Renata Sylwia"
    ),
    men=words(
        "Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Stanisław Jakub Adam Marek Łukasz Grzegorz Mateusz"
        " Wojciech Mariusz Dariusz Zbigniew Jerzy Kamil Szymon Józef Rafał Bartosz Cezary Dominik Filip Henryk Konrad"
    ),
    family=words(
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski"
        " Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Król Wieczorek"
        " Wróbel Jabłoński Dudek Adamczyk Nowicki Stępień Jaworski Malinowski Górski Rutkowski Sikora Baran Szewczyk"
    ),
    stems=words("Bor Lip Dęb Grab Jas Kal Brzez Ostr Sad Wierzb Zawad Czarn Gaj Mal Kos Rud Sos"),
    endings=words("owski iński icki ewski czyk ak owiak yński"),
    feminine=polish_woman,
    streets=words("ul._Polna ul._Leśna ul._Słoneczna ul._Krótka ul._Szkolna ul._Mickiewicza al._Jana_Pawła_II ul._Kościuszki os._Tysiąclecia"),
    address="{street} {number}",
    cities={"Kraków": "30-###", "Łódź": "90-###", "Gdańsk": "80-###", "Poznań": "60-###", "Lublin": "20-###"},
    mobile="+48 6## ### ###",
    landline="12 ### ## ##",
)  # fmt: skip
CZECH: Final = Speech(
    women=words(
        "Marie Jana Eva Hana Anna Lenka Kateřina Věra Lucie Alena Petra Jaroslava Ludmila Helena Jitka Martina Tereza"
        " Eliška Zdeňka Ivana Barbora Dagmar Květa Markéta Nikola Pavla Radka Simona Šárka Zuzana"
    ),
    men=words(
        "Jiří Jan Petr Josef Pavel Martin Tomáš Jaroslav Miroslav Zdeněk Václav Michal František Jakub Milan Karel Lukáš"
        " David Vladimír Ondřej Aleš Bohumil Dušan Filip Hynek Ivo Ladislav Marek Oldřich Radek Stanislav Vojtěch"
    ),
    family=words(
        "Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Jelínek Král"
        " Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Navrátil Čermák Vaněk Urban Blažek Kříž Kratochvíl Kopecký"
        " Šimek Polák Konečný Malý Holub Štěpánek Beran Bartoš Vlček"
    ),
    stems=words("Hor Lip Bart Hav Kub Mat Mich Ned Paul Stran Vond Zahrad Jind Hrub Klim"),
    endings=words("ák íček eš ník ínek ovský ra an ánek"),
    tail=0.3,
    feminine=czech_woman,
    keeps=0.1,
    streets=words(
        "Husova Palackého Nádražní Komenského Zahradní Školní Masarykova Lesní Polní Jiráskova Na_Kopci U_Lesa"
    ),
    address="{street} {number}",
    cities={"Brno": "602 ##", "Ostrava": "702 ##", "Plzeň": "301 ##", "Olomouc": "779 ##"},
    mobile="+420 7## ### ###",
    landline="5## ### ###",
)
HUNGARIAN: Final = Speech(
    women=words(
        "Mária Erzsébet Katalin Ilona Éva Anna Zsuzsanna Margit Judit Ágnes Julianna Andrea Ildikó Krisztina Eszter"
        " Réka Nóra Zsófia Boglárka Piroska Anikó Beáta Edit Gabriella Hajnalka Klára"
    ),
    men=words(
        "László István József János Zoltán Sándor Gábor Ferenc Attila Péter Tamás Zsolt Tibor András Csaba Imre Lajos"
        " György Balázs Bence Máté Ádám Béla Dániel Gergő Krisztián Miklós Norbert Róbert Szabolcs"
    ),
    family=words(
        "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh"
        " Simon Rácz Fekete Szilágyi Török Fehér Balázs Gál Kis Szűcs Kocsis Orsós Pintér Fodor Szalai Sipos Magyar"
        " Lukács Gulyás Bíró Király László Katona Jakab Bogdán Boros Sándor Vincze"
    ),
    stems=words("Deb Szeg Kecs Pét Bor Hal Vár Szent Erd Kert"),
    endings=words("reczi edi keméti erfi sodi asi adi esi ényi ész"),
    tail=0.25,
    keeps=0.5,
    streets=words(
        "Kossuth_Lajos_utca Petőfi_utca Rákóczi_út Fő_utca Dózsa_György_út Ady_Endre_u. Arany_János_utca Béke_tér"
    ),
    address="{street} {number}.",
    cities={"Budapest": "1###", "Debrecen": "403#", "Szeged": "672#", "Pécs": "762#"},
    mobile="+36 30 ### ####",
    landline="06 52 ### ###",
)
TURKISH: Final = Speech(
    women=words(
        "Fatma Ayşe Emine Hatice Zeynep Elif Meryem Şerife Zehra Sultan Hanife Merve Havva Zeliha Esra Büşra Özlem Gülşen"
        " İrem Iraz Çiğdem Songül Tuğba Aslı Burcu Derya Ebru Filiz Gizem Hülya"
    ),
    men=words(
        "Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Ramazan Halil Süleyman Abdullah"
        " Emre Burak Oğuzhan Işık Kadir Çağrı Şükrü Uğur Barış Cem Deniz Engin Fatih Gökhan Kemal Levent"
    ),
    family=words(
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt"
        " Özkan Şimşek Polat Korkmaz Çakır Erdoğan Can Acar Aktaş Güneş Bozkurt Işık Tekin Ünal Sarı Yavuz Bulut"
    ),
    stems=words("Kara Ak Demir Taş Öz Er Hacı Koca Boz Alt Gül Dal"),
    endings=words("oğlu türk can kaya gül tepe bay han demir soy kan"),
    tail=0.3,
    keeps=0.1,
    streets=words(
        "Atatürk_Cad. Cumhuriyet_Mah._Lale_Sok. İnönü_Cad. Gazi_Bulvarı Bahçelievler_Mah._3._Sok. Fevzi_Çakmak_Cad."
    ),
    address="{street} No:{number}",
    cities={"İzmir": "35###", "Ankara": "06###", "Diyarbakır": "21###", "Bursa": "16###"},
    mobile="0 53# ### ## ##",
    landline="0 232 ### ## ##",
)
GREEK: Final = Speech(
    women=words(
        "Μαρία Ελένη Αικατερίνη Βασιλική Σοφία Αγγελική Γεωργία Δήμητρα Κωνσταντίνα Παρασκευή Ιωάννα Ευαγγελία Αναστασία"
        " Χριστίνα Ειρήνη Αθανασία Χρυσούλα Θεοδώρα Φωτεινή Ζωή Όλγα Δέσποινα"
    ),
    men=words(
        "Γεώργιος Δημήτριος Κωνσταντίνος Ιωάννης Νικόλαος Χρήστος Παναγιώτης Βασίλειος Αθανάσιος Μιχαήλ Ευάγγελος Σπυρίδων"
        " Αντώνιος Αναστάσιος Θεόδωρος Ανδρέας Χαράλαμπος Αλέξανδρος Εμμανουήλ Ηλίας Πέτρος Στέφανος"
    ),
    family=words(
        "Παπαδόπουλος Παπαδάκης Οικονόμου Γεωργίου Δημητρίου Παππάς Βασιλείου Νικολάου Καραγιάννης Αντωνίου Μακρής"
        " Παπανικολάου Ιωάννου Αλεξίου Κωνσταντίνου Αθανασίου Αγγελόπουλος Αναγνώστου Κόκκινος Λάμπρου Μαυρίδης Νικολαΐδης"
        " Ζαχαρίου Ραπτης Σαμαράς Τσιτσιπάς Φωτόπουλος Χατζής"
    ),
    stems=words("Παπα Καρα Χατζη Μαυρο Γιαννα Δημη Κωστ Θεο"),
    endings=words("κώστας γεωργίου δάκης νικολής τρέλης μιχάλης βασίλης"),
    tail=0.2,
    feminine=greek_woman,
    keeps=0.9,
    roman=from_greek,
    streets=words(
        "Ερμού Σταδίου Πατησίων Αγίου_Δημητρίου Τσιμισκή Ελευθερίου_Βενιζέλου Παπάγου Κολοκοτρώνη Αριστοτέλους"
    ),
    address="{street} {number}",
    cities={"Αθήνα": "1## ##", "Θεσσαλονίκη": "54# ##", "Πάτρα": "26# ##"},
    mobile="69## ######",
    landline="210 #######",
)
RUSSIAN: Final = Speech(
    women=words(
        "Елена Ольга Татьяна Наталья Анна Ирина Светлана Мария Екатерина Анастасия Людмила Юлия Галина Надежда Валентина"
        " Дарья Виктория Ксения Любовь Алла Вера Зинаида Инна Лариса Марина Нина Оксана Полина София"
    ),
    men=words(
        "Александр Сергей Владимир Андрей Алексей Дмитрий Николай Иван Михаил Евгений Виктор Юрий Игорь Максим Павел"
        " Олег Василий Илья Никита Артём Антон Борис Вадим Глеб Денис Константин Леонид Роман Станислав Тимур Фёдор"
    ),
    family=words(
        "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев"
        " Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов"
        " Шевченко Бондаренко Коваленко Ткаченко Кравчук Жуковский Достоевский Ким Пак Ахметов"
    ),
    stems=words("Бел Черн Гор Лог Сидор Тарас Ефим Журавл Комар Лукьян Мельник Носк Пахом Сав Тих"),
    endings=words("ов ин енко ов ин"),
    tail=0.35,
    feminine=russian_woman,
    keeps=0.15,
    roman=from_cyrillic,
    streets=words(
        "ул._Ленина ул._Мира пр._Победы ул._Советская ул._Садовая пер._Школьный ул._Гагарина наб._Реки_Волги ул._Пушкина"
    ),
    address="{street}, д. {number}",
    cities={"Казань": "420###", "Самара": "443###", "Пермь": "614###", "Тверь": "170###", "Омск": "644###"},
    mobile="+7 (9##) ###-##-##",
    landline="8 (846) ###-##-##",
)
