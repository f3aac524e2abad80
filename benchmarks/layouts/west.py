"""Languages of western Europe and the Americas, and Nigeria: names in Latin letters."""

from typing import Final

from benchmarks.layouts.speech import Speech, words

ENGLISH_WOMEN = words(
    "Mary Jennifer Emma Olivia Sarah Elizabeth Susan Jessica Margaret Karen Emily Linda Anna Sophie Charlotte Amy Laura"
    " Patricia Grace Hannah Lisa Nancy Rachel Chloe Lucy Michelle Katherine Rebecca Amanda Julie Victoria Ruth Helen"
    " Diane Joan Alice Megan Natalie Jean Holly Abigail Caroline Brenda Deborah Ellen Gemma Heather Isobel Joanne Kelly"
    " Leah Marion Naomi Paula Rosie Sheila Tracey Vivian Wendy Yvonne Zoe Bethany Candice Dawn Eleanor Frances Georgia"
)
ENGLISH_MEN = words(
    "James John David Michael William Robert Thomas Daniel Christopher Richard Matthew Joseph Andrew Mark Paul George"
    " Steven Jack Oliver Harry Benjamin Samuel Peter Kevin Brian Edward Jacob Anthony Charles Alexander Joshua Ryan Adam"
    " Luke Nathan Stephen Simon Gary Keith Dennis Liam Ethan Callum Frank Raymond Philip Patrick Martin Graham Aaron"
    " Barry Connor Derek Elliot Felix Gordon Howard Ian Kyle Lewis Malcolm Neil Oscar Russell Stuart Toby Vincent Wayne"
)
ENGLISH_FAMILY = words(
    "Smith Jones Williams Brown Taylor Johnson Davis Wilson Evans Thomas Miller Roberts Walker Wright Robinson Thompson"
    " White Hughes Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Clark Turner Hill Scott Cooper Morris Moore"
    " Ward Baker King Watson Lee Allen Young Parker Cook Bailey Bennett Carter Adams Mitchell Campbell Kelly Murphy"
    " O'Brien McDonald MacLeod Stewart Reid Murray Ross Graham Patel Singh Khan Ahmed Garcia Nguyen Rodriguez Kowalski"
    " Fitzgerald St_John Van_Dyke De_Souza Smith-Jones Taylor-Brown Schwartz Rossi Cohen Okafor Chen Kim"
)
ENGLISH_STEMS = words(
    "Ash Brad Hart Whit Thorn Black Hol Lang Win Stan Wood Red Carl Den Ell Fair Har Kirk Lind Mil Nor Old Pem Rad Sher"
    " Stock Thurl West Ald Bram Cran Dray Hather Hunting Mar Nettle Oak Penn Rams Sand Tem Under Wake Yard"
)
ENGLISH_ENDINGS = words("ford well ley ton field wood by man worth more ham bury stone shaw wick combe land s")
UK: Final = Speech(
    women=ENGLISH_WOMEN,
    men=ENGLISH_MEN,
    family=ENGLISH_FAMILY,
    stems=ENGLISH_STEMS,
    endings=ENGLISH_ENDINGS,
    streets=words(
        "High_Street Station_Road Church_Lane Victoria_Road Park_Avenue Mill_Lane The_Green London_Road Manor_Drive"
        " Queen's_Road Springfield_Close Chestnut_Grove Elm_Crescent Grange_Road Kings_Court Meadow_View Orchard_Way"
        " St_John's_Street Windmill_Hill York_Place Beech_Close Canal_Street Dale_Road Ferry_Lane Hawthorn_Avenue"
    ),
    cities={
        "Leeds": "LS% #@@", "Bristol": "BS% #@@", "Norwich": "NR% #@@", "Preston": "PR% #@@",
        "Exeter": "EX% #@@", "Derby": "DE% #@@", "Cardiff": "CF% #@@", "Dundee": "DD% #@@",
    },
    mobile="07%## ######",
    landline="01%## ######",
)  # fmt: skip
US: Final = Speech(
    women=ENGLISH_WOMEN,
    men=ENGLISH_MEN,
    family=ENGLISH_FAMILY,
    stems=ENGLISH_STEMS,
    endings=ENGLISH_ENDINGS,
    streets=words(
        "Main_St Oak_Ave Maple_Dr 2nd_St Washington_Blvd Lakeview_Rd Cedar_Ln Sunset_Blvd Hickory_Ct Elm_St Park_Pl"
        " N_Lincoln_Ave W_5th_St County_Road_12 Jefferson_Way Pine_Ridge_Rd Walnut_St S_Broadway Country_Club_Dr"
        " Highland_Ave Spring_Creek_Pkwy E_Magnolia_St Prospect_Ave Willow_Bend_Trl"
    ),
    cities={
        "Columbus": "432##", "Austin": "787##", "Tampa": "336##", "Boise": "837##", "Omaha": "681##", "Fresno": "937##",
        "Dayton": "454##", "Saint Paul": "551##",
    },
    mobile="(614) %##-####",
    landline="(512) %##-####",
)  # fmt: skip
GERMAN: Final = Speech(
    women=words(
        "Anna Maria Sabine Petra Julia Katharina Ursula Monika Claudia Susanne Andrea Stefanie Christine Karin Birgit"
        " Lena Laura Heike Renate Nicole Angelika Brigitte Jutta Silke Jana Lea Franziska Helga Ingrid Käthe"
        " Anja Daniela Eva Gisela Hannelore Johanna Kerstin Martina Ulrike Vanessa Anneliese Barbara Carolin Doris"
    ),
    men=words(
        "Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Stefan Christian Markus Hans Martin Frank Uwe Matthias Jan"
        " Bernd Karl-Heinz Günther Heinz Dieter Alexander Tobias Felix Lukas Jörg Rainer Werner Manfred Jens Sebastian"
        " Philipp Holger Björn Götz Florian Gerhard Hans-Peter Kurt Lars Norbert Oliver Ralf Sven Torsten Volker"
    ),
    family=words(
        "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein"
        " Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler"
        " Maier Huber Mayer Walter Peters Möller Weiß Jung Hahn Vogel Friedrich Keller Günther Frank Berger Winkler"
        " Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Groß Yılmaz Kaya Nowak Ivanov von_Bülow"
        " von_der_Heide Müller-Lüdenscheidt Schmidt-Rottluff"
    ),
    stems=words("Stein Berg Holz Linden Rosen Eich Buchen Wald Feld Alt Neu Ober Unter Hoch Brück Kirch Grün Löwen"),
    endings=words("mann hauer bach berger meier hoff feld thal müller huber ner ler egger häuser stetter"),
    streets=words(
        "Hauptstraße Bahnhofstr. Gartenweg Schulstraße Goethestr. Am_Markt Lindenallee Bergstraße Kirchgasse Ringstr."
        " Schillerplatz Mühlenweg Rosenweg Waldstr. Birkenweg Dorfstraße Friedrich-Ebert-Straße Uferstr. Amselweg"
    ),
    address="{street} {number}",
    cities={"Köln": "50###", "München": "80###", "Leipzig": "04###", "Kassel": "34###", "Münster": "48###", "Ulm": "89###"},
    mobile="+49 17% #######",
    landline="0221/######",
)  # fmt: skip
FRENCH: Final = Speech(
    women=words(
        "Marie Nathalie Isabelle Sylvie Catherine Françoise Anne Sophie Émilie Céline Julie Camille Chloé Aurélie Hélène"
        " Valérie Sandrine Monique Véronique Christine Léa Manon Inès Zoé Jacqueline Anne-Marie Marie-Claude Élodie"
        " Brigitte Corinne Delphine Éliane Florence Geneviève Juliette Laurence Mireille Noémie Odile Pauline Solène"
    ),
    men=words(
        "Jean Pierre Michel Philippe Alain Nicolas Christophe Patrick Julien Thomas François Éric Laurent Stéphane Hugo"
        " Jean-Pierre Jean-Claude Lucas Frédéric Sébastien Benoît Cédric Olivier Gérard Bruno Didier André Jérôme Rémi"
        " Antoine Bernard Daniel Étienne Fabrice Guillaume Hervé Jacques Loïc Mathieu Noël Pascal René Thierry Yves"
    ),
    family=words(
        "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia David"
        " Bertrand Roux Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Martinez Legrand"
        " Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont"
        " Benali Traoré Diallo Nguyen Le_Goff Le_Gall De_La_Tour D'Angelo Lopez Fernandez"
    ),
    stems=words("Bel Mont Beau Char Des Du Font Gran La Mar Pel Rou Saint- Val Ville Cham Bour Cour"),
    endings=words("mont court bois champs rivière pont tier don net reau nier chet lier bert fort"),
    streets=words(
        "rue_de_la_République avenue_Victor_Hugo place_de_l'Église rue_du_Moulin boulevard_Gambetta rue_Pasteur"
        " chemin_des_Vignes allée_des_Tilleuls impasse_du_Château rue_Jean_Jaurès quai_de_la_Loire rue_des_Écoles"
        " route_de_Lyon avenue_du_Général_Leclerc rue_Saint-Martin cours_Mirabeau"
    ),
    address="{number} {street}",
    cities={"Nantes": "440##", "Lyon": "690##", "Orléans": "450##", "Saint-Étienne": "420##", "Lille": "590##", "Nîmes": "300##"},
    mobile="06 ## ## ## ##",
    landline="02 ## ## ## ##",
)  # fmt: skip
SPANISH: Final = Speech(
    women=words(
        "María_Carmen María Carmen Ana_María Laura Cristina Marta Isabel Lucía María_José Elena Pilar Raquel Rosa Sara"
        " Paula Beatriz Mercedes Nuria Silvia Irene Inmaculada Encarnación Rocío Concepción Begoña Alba Noelia Ángeles"
        " Consuelo Dolores Esther Gloria Itziar Julia Lourdes Montserrat Olga Purificación Sofía Teresa Verónica"
    ),
    men=words(
        "Antonio José Manuel Francisco David Juan Javier José_Antonio Daniel José_Luis Carlos Jesús Alejandro Miguel"
        " Rafael Pablo Pedro Ángel Sergio Fernando Jorge Luis Alberto Álvaro Adrián Diego Iván Raúl Rubén Óscar Andrés"
        " Borja César Enrique Emilio Gonzalo Hugo Ignacio Joaquín Lorenzo Marcos Nicolás Ramón Santiago Tomás Víctor"
    ),
    family=words(
        "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz"
        " Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco"
        " Molina Morales Suárez Ortega Delgado Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés"
        " Castillo Santos Lozano Guerrero Cano Prieto Méndez Cruz Calvo Gallego Vidal León Márquez Herrera Peña Flores"
        " Etxeberria Puig Ferrer de_la_Fuente del_Río de_los_Santos"
    ),
    tail=0,
    keeps=1.0,
    streets=words(
        "Calle_Mayor Calle_Real Avda._de_la_Constitución Plaza_España C/_Cervantes C/_San_Juan Paseo_del_Prado"
        " Calle_del_Carmen Ronda_de_Toledo C/_Nueva Camino_Viejo Calle_de_la_Iglesia Avenida_de_Andalucía C/_Goya"
    ),
    address="{street}, {number}",
    cities={"Sevilla": "410##", "Zaragoza": "500##", "Murcia": "300##", "Valladolid": "470##", "Gijón": "332##", "Cádiz": "110##"},
    mobile="6## ### ###",
    landline="95# ### ###",
)  # fmt: skip
PORTUGUESE: Final = Speech(
    women=words(
        "Maria Ana Adriana Juliana Márcia Fernanda Patrícia Aline Camila Letícia Amanda Bruna Jéssica Luciana Vanessa"
        " Beatriz Larissa Rafaela Gabriela Sandra Francisca Antônia Tatiane Simone Conceição Débora Elaine Flávia Joana"
        " Kátia Lívia Mônica Natália Priscila Raquel Sônia Tereza Vitória"
    ),
    men=words(
        "José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Gabriel Rafael Daniel Marcelo Bruno Eduardo"
        " Felipe Raimundo Rodrigo Manoel Thiago Mateus André Fábio Leonardo Gustavo Sérgio Edson Vinícius Caio Diego"
        " Everton Geraldo Henrique Ítalo Jorge Leandro Murilo Nelson Otávio Renato Sebastião Wellington"
    ),
    family=words(
        "da_Silva dos_Santos Oliveira Souza Pereira Lima Ferreira Costa Rodrigues de_Almeida Nascimento Alves Carvalho"
        " Araújo Ribeiro Gomes Martins Barbosa Rocha Dias Monteiro Mendes Cardoso Teixeira Cavalcante Freitas Moreira"
        " Vieira Moura Ramos de_Jesus Batista Correia Farias Nunes Pinto Machado Lopes Azevedo Campos Duarte Fonseca"
        " Guimarães Macedo Neves Pacheco Queiroz Sampaio Tavares Xavier Yamamoto"
    ),
    tail=0,
    keeps=0.6,
    streets=words(
        "Rua_das_Flores Rua_XV_de_Novembro Avenida_Brasil Rua_São_José Travessa_da_Paz Rua_Sete_de_Setembro"
        " Avenida_Getúlio_Vargas Rua_Dom_Pedro_II Alameda_Santos Rua_do_Comércio Rua_Tiradentes"
    ),
    address="{street}, {number}",
    cities={"Campinas": "13###-###", "Recife": "50###-###", "Curitiba": "80###-###", "Goiânia": "74###-###", "Belém": "66###-###"},
    mobile="(11) 9####-####",
    landline="(81) 3###-####",
)  # fmt: skip
DUTCH: Final = Speech(
    women=words(
        "Maria Johanna Anna Cornelia Emma Sophie Anouk Femke Sanne Lotte Marieke Wilhelmina Hendrika Petra Ingrid Esther"
        " Monique Saskia Eline Roos Fleur Iris Yvonne Trijntje Annelies Carla Dorien Greetje Hanneke Ilse Janneke Kim"
    ),
    men=words(
        "Jan Johannes Pieter Cornelis Hendrik Daan Sem Lucas Thijs Bram Willem Dirk Gerrit Sander Jeroen Marcel Wouter"
        " Ruud Kees Joost Maarten Bas Tim Jasper Koen Rob Arjan Bart Erik Frank Hans Jaap Klaas Lars Martijn Niels Paul"
    ),
    family=words(
        "de_Jong Jansen de_Vries van_den_Berg Bakker van_Dijk Visser Smit Meijer de_Boer Mulder de_Groot Bos Vos Peters"
        " Hendriks van_Leeuwen Dekker Brouwer de_Wit Dijkstra Smits de_Graaf van_der_Meer van_der_Linden Kok Jacobs"
        " de_Haan Vermeulen van_den_Heuvel van_der_Veen van_den_Broek de_Bruijn van_der_Heijden Schouten Willems"
        " van_Vliet van_'t_Hof Hoekstra Maas Verhoeven Koster van_Dam Prins Blom Huisman Peeters Kuipers Veenstra ter_Horst"
        " Postma Yılmaz El_Amrani op_den_Camp"
    ),
    stems=words("Ooster Wester Zand Hoog Groen Water Veld Zoet Kerk Brand"),
    endings=words("huis man kamp beek veld stra sma berg hof mans"),
    tail=0.25,
    streets=words(
        "Kerkstraat Dorpsstraat Molenweg Stationsweg Beatrixlaan Schoolstraat Nieuwstraat Eikenlaan Lindelaan"
        " Burg._de_Vlugtlaan Prins_Hendrikkade Julianastraat Wilhelminaplein Parallelweg Torenstraat Vijverweg"
    ),
    address="{street} {number}",
    cities={"Utrecht": "35## @@", "Zwolle": "80## @@", "Breda": "48## @@", "Leiden": "23## @@", "Groningen": "97## @@"},
    mobile="06-########",
    landline="030-#######",
)  # fmt: skip
ICELANDIC: Final = Speech(
    women=words(
        "Guðrún Anna Kristín Sigríður Margrét Helga Sigrún Ingibjörg Jóhanna María Elín Katrín Hildur Ragnheiður Ásta"
        " Lilja Þórunn Erla Rakel Unnur Birna Dagný Edda Fjóla Gerður Harpa"
    ),
    men=words(
        "Jón Sigurður Guðmundur Gunnar Ólafur Einar Kristján Magnús Stefán Jóhann Björn Árni Bjarni Helgi Halldór Arnar"
        " Ragnar Þór Davíð Pétur Andri Baldur Egill Freyr Hörður Ívar"
    ),
    family=words("Jónsson"),
    keeps=1.0,
    streets=words("Laugavegur Hringbraut Skólavörðustígur Aðalstræti Bankastræti Grettisgata Njálsgata Kirkjuvegur"),
    address="{street} {number}",
    cities={"Reykjavík": "10%", "Akureyri": "60%", "Hafnarfjörður": "22%"},
    mobile="8## ####",
    landline="5## ####",
)
NIGERIAN: Final = Speech(
    women=words(
        "Blessing Chioma Ngozi Amina Fatima Aisha Folake Funmilayo Yetunde Adaeze Chinyere Ifeoma Grace Patience Comfort"
        " Mercy Oluwaseun Titilayo Bukola Hauwa Zainab Kemi Nkechi Uche Abimbola Ebere Hadiza Joy Peace Temitope"
    ),
    men=words(
        "Emeka Chukwuemeka Chinedu Ibrahim Musa Abubakar Tunde Babatunde Oluwaseun Segun Olumide Adebayo Ifeanyi Obinna"
        " Uche Sunday Friday Emmanuel Samuel Yusuf Usman Sani Kayode Femi Kelechi Nnamdi Godwin Monday Temitope Bala"
    ),
    family=words(
        "Okafor Adeyemi Okonkwo Ibrahim Mohammed Eze Balogun Musa Abubakar Nwosu Adebayo Okeke Bello Ogunleye Chukwu"
        " Sani Olawale Nwachukwu Yusuf Obi Adeleke Onyeka Aliyu Afolabi Uzor Danjuma Akinola Igwe Garba Effiong Bassey"
        " Okoro Lawal Ojo Umar Ogbonna Adekunle Suleiman Anyanwu Etim Shehu Oladipo"
    ),
    stems=words("Ola Ade Oluwa Nwa Chuk Oko Akin Ogun Ife Ayo"),
    endings=words("bode niyi tunji dike wuma kola dayo lola remi yinka sanya goke"),
    tail=0.3,
    streets=words("Allen_Avenue Awolowo_Road Ahmadu_Bello_Way Market_Road Station_Street Zik_Avenue Airport_Road Bode_Thomas_St"),
    cities={"Ikeja": "100###", "Kano": "700###", "Enugu": "400###", "Ibadan": "200###", "Jos": "930###"},
    mobile="080%#######",
    landline="01%######",
)  # fmt: skip
